"""Being sure whose words they are."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField

from portal.care.chairs.cards import MoveCard
from portal.web.forms import PortalForm, Said, SeenField


class WriterForm(PortalForm):
    """The counsellor has asked, and is sure; of both pieces where both have written."""

    sure = BooleanField(
        _l("I have asked about it, and I am sure who wrote this."),
        validators=[Said(_l("Tick this once you are sure."))],
    )
    seen = SeenField()
    both = BooleanField(validators=[Said(_l("Tick this once you are sure of both."))])

    def __init__(self, card: MoveCard, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not card.is_exchange:
            del self.both
            return
        self.both.label.text = _(
            "I am just as sure that what stands under %(right)s was written by %(wrong)s.",
            right=card.right.person.first_name,
            wrong=card.wrong.person.first_name,
        )
