"""What a writer answers on the check page: each yes and no, kept beside what is sent."""

from portal.reflections.openings.consents import say
from portal.reflections.openings.queries import own_answers
from portal.reflections.sending.cards import CheckCard, Said
from portal.visit import Visit
from portal.vocabulary import ConsentKind


def keep_consents(visit: Visit, card: CheckCard, said: Said, number: int) -> None:
    """Keep what the writer answered on the check page; a yes that is not asked for any more has ended.

    Who narrows an answer after having taken it back is not asked about it: the yes was to other words.
    """
    task = card.draft.task
    asked = {(question.kind, question.field_key) for question in card.asked}
    for (kind, key), says_yes in own_answers(visit, task.round_id, number).items():
        if says_yes and (kind, key) not in asked:
            spot = ("", 0) if kind is ConsentKind.OPEN_ROUND else (key, number)
            say(visit, task, kind, says_yes=False, spot=spot)
    for question in card.asked:
        if question.kind is ConsentKind.OPEN_ROUND:
            say(visit, task, question.kind, said.open_round)
        else:
            yes = said.releases.get(question.field_key, False)
            say(visit, task, question.kind, yes, (question.field_key, number))
