"""P2: a partner who joins later finds a world that begins with them, byte for byte."""

from pathlib import Path

from portal.foundation.chest import Chest
from portal.vocabulary import OpeningRule
from tests.promises.earlier_days import EARLIER, TOGETHER, furnish_one
from tests.promises.letters_sent import LETTERS, chooses_mail
from tests.promises.seen_world import Seen, differences
from tests.promises.story import Setting, Steps
from tests.promises.worlds_stage import Stage, a_stage
from tests.support.promises import keep

# The reader can choose to be written to once they are there.
WRITTEN_TO: Steps = {at: deed for at, deed in LETTERS.items() if deed is not chooses_mail}
EVERYTHING: Steps = {at: deed for steps in EARLIER.values() for at, deed in steps.items()}


def begins(stage: Stage, before: Steps, *, deep: bool = False) -> Seen:
    """The world of the one who joins later, after these earlier days of the other's."""
    return stage.world({**before, **TOGETHER, 7.0: chooses_mail, **WRITTEN_TO}, deep=deep)


def test_who_joins_later_cannot_tell_that_there_was_a_before(
    tmp_path: Path, sqlite_template: Path, chest: Chest
) -> None:
    setting = Setting(OpeningRule.AUTOMATIC)
    with a_stage(tmp_path, sqlite_template, chest, setting, furnish_one) as stage:
        plain = begins(stage, {}, deep=True)
        later = begins(stage, EVERYTHING, deep=True)
    assert len(plain) >= 20, "the walk has hardly seen anything"
    papers = [page for path, page in plain.items() if path.endswith("/download")]
    assert sum("We spoke about the loop." in page for page in papers) == 2, "no paper was seen"
    assert not differences(plain, later)
    says = f"{len(EARLIER)} kinds of a past, {len(plain)} answers to a later partner"
    keep("P2", "later", f"{says}, 0 bytes differ")
