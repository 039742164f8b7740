"""Every room's tables, for migrations and tests."""

from portal.accounts import models as accounts
from portal.agenda import models as agenda
from portal.audit import models as audit
from portal.care import models as care
from portal.exercises import models as exercises
from portal.foundation.database import Base
from portal.homework import models as homework
from portal.homework.programmes import models as programmes
from portal.jobs import models as jobs
from portal.measures import models as measures
from portal.notices import models as notices
from portal.people import models as people
from portal.practice import models as practice
from portal.records.release import models as releases
from portal.reflections import models as reflections
from portal.reports import models as reports
from portal.review import models as review
from portal.sessions import models as therapy
from portal.web import models as web

ROOMS = (
    accounts,
    agenda,
    audit,
    care,
    exercises,
    homework,
    jobs,
    measures,
    notices,
    people,
    practice,
    programmes,
    reflections,
    releases,
    reports,
    review,
    therapy,
    web,
)
METADATA = Base.metadata
