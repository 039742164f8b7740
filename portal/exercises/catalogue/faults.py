"""What is wrong with a catalogue file: which check, where and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, order=True)
class Fault:
    """One reason to refuse a file, with the number of the check that found it."""

    check: int
    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        """The fault as one line for whoever has to mend the file."""
        place = f"{self.file}, {self.key}" if self.key else self.file
        return f"{place}: {self.reason} (check {self.check})"


Faults: TypeAlias = Iterable[Fault]


class CatalogueError(ValueError):
    """The catalogue is refused as a whole, and every fault is named."""

    def __init__(self, faults: Faults) -> None:
        """Keep the faults in a steady order, so that two readings say the same."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
