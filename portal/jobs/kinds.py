"""The kinds of work that the queue knows by name."""

from enum import Enum


class JobKind(Enum):
    """What the worker may be owed."""

    PRINT_SUMMARY = "print_summary"
    SEND_MAIL = "send_mail"
    REMIND = "remind"
    LAPSE_CLEAR = "lapse_clear"
