"""The domain's few ways of saying no."""


class DomainError(Exception):
    """Something the portal will not do; `message` is a sentence for the person who asked."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):  # noqa: N818 - the domain's own word, as in house.md
    """It does not exist for this viewer, whether or not it exists."""


class NotAllowed(DomainError):  # noqa: N818 - the word of the rule
    """This viewer may not do this; the web shows it exactly like NotFound."""


class TooLate(DomainError):  # noqa: N818 - the word of the rule
    """The thing has moved on and does not take this deed any more."""


class Stale(DomainError):  # noqa: N818 - the word of the rule
    """Somebody, perhaps the same person on another device, changed it meanwhile."""


class Refused(DomainError):  # noqa: N818 - the word of the rule
    """A rule says no, and the person who asked is told which."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Unfit(DomainError):  # noqa: N818 - the word of the rule
    """What was typed does not fit; `faults` names each field and its sentence."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("; ".join(f"{k}: {v}" for k, v in faults.items()))
        self.faults = faults
