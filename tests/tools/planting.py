"""What a planted fault is: one slip in one file, and who should notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One slip: in which file, what stood there, what stands there now, and who should notice."""

    says: str
    file: str
    right: str
    wrong: str
    tests: str = "tests/policies"
