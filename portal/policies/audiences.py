"""Who may be chosen as an answer's reader: the writer narrows, and never widens past the exercise."""

from portal.vocabulary import Audience


def may_choose(proposed: Audience, *, shared_now: bool) -> tuple[Audience, ...]:
    """The audiences a writer can choose among; the counsellor alone is always one of them."""
    if not shared_now or proposed is Audience.COUNSELLOR:
        return (Audience.COUNSELLOR,)
    if proposed is Audience.AT_ONCE:
        return (Audience.AT_ONCE,)
    return (proposed, Audience.COUNSELLOR)


def settle(chosen: Audience | None, proposed: Audience, *, shared_now: bool) -> Audience:
    """The audience that holds: what the writer chose where it is allowed, else the first allowed."""
    allowed = may_choose(proposed, shared_now=shared_now)
    return chosen if chosen in allowed else allowed[0]


def after_page(given: Audience | None, drawn: Audience | None, now: Audience) -> Audience:
    """The audience that holds when a page comes back that was drawn with one, while another may hold now.

    What nobody changed on that page changes nothing, so an older page widens nothing. Where it was
    changed there and elsewhere, or nobody knows with what the page was drawn, the narrower holds.
    """
    if given is None or given is drawn:
        return now
    if now is drawn:
        return given
    return Audience.COUNSELLOR if Audience.COUNSELLOR in (given, now) else now
