"""What a partner may never notice of check-ins: the other's, and whether any was seen, their own too."""

from collections.abc import Mapping

from portal.measures.seen.service import note_seen
from portal.measures.service import say
from tests.promises.story import Deed, Steps, Told
from tests.support.check_ins import a_begun_check_in, a_check_in, typed


def _begins(told: Told) -> None:
    a_begun_check_in(told.world, told.other, typed(3, comment="not yet"))


def _checks_in(told: Told) -> None:
    words = typed(2, comment="of theirs", could_be_open="worried", private_note="only you")
    told.ids["their check-in"] = a_check_in(told.world, told.other, words)


def _theirs_is_seen(told: Told) -> None:
    with told.counsels() as visit:
        note_seen(visit, told.couple.id, [told.ids["their check-in"]])


def _own_is_seen(told: Told) -> None:
    """Whether their own was seen is not for the reader to know either."""
    with told.counsels() as visit:
        note_seen(visit, told.couple.id, [told.ids["check-in"]])


def _says(*, yes: bool) -> Deed:
    """What the other answers about totals: a no, or a yes that was taken back, is like no answer."""

    def deed(told: Told) -> None:
        with told.acts(told.other) as visit:
            say(visit, yes=yes)

    return deed


OF_CHECK_INS: Mapping[str, Steps] = {
    "begins a check-in": {31.0: _begins},
    "checks in": {32.0: _checks_in},
    "is seen to have checked in": {32.0: _checks_in, 33.0: _theirs_is_seen},
    "one's own check-in is seen": {34.0: _own_is_seen},
    "says no to totals": {32.0: _checks_in, 35.5: _says(yes=False)},
    "takes back a yes to totals": {32.0: _checks_in, 36.5: _says(yes=True), 37.5: _says(yes=False)},
}
