"""What somebody who reads the promise has before them."""

from portal.people.promises import mark_of
from portal.people.queries import own_couple
from portal.visit import Visit


def newest(visit: Visit) -> str:
    """The mark of the page on which this partner reads the promise as it stands now."""
    return mark_of(own_couple(visit).to_read)
