"""The words of one session summary as they go to paper: plain, frozen, chosen for one reader."""

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from portal.exercises.form.shown import Shown
from portal.measures.charts import Chart

Edition = Literal["clinical", "couple", "partner"]
Place = Literal["a", "b", ""]

FACING_LETTERS = 900
BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is: the practice's name, and the lines of its address."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonName:
    """Somebody named on the page, with their place in the couple."""

    name: str
    place: Place = ""


@dataclass(frozen=True)
class Fact:
    """One thing worth knowing at a glance: which session, when, what it covers."""

    label: str
    text: str


@dataclass(frozen=True)
class Voice:
    """What one person answered, under their own name."""

    name: str
    place: Place
    shown: Shown


@dataclass(frozen=True)
class Question:
    """One question as it was asked, and everybody's answer that this reader may see."""

    label: str
    voices: tuple[Voice, ...]

    @property
    def facing(self) -> bool:
        """Whether two answers stand beside each other; long ones follow each other as letters."""
        return len(self.voices) > 1 and all(
            voice.shown.kind in ("text", "line", "scale", "nothing")
            and len(voice.shown.text) <= FACING_LETTERS
            for voice in self.voices
        )


@dataclass(frozen=True)
class Piece:
    """One piece of homework, with what is needed to find exactly this text again."""

    exercise_title: str
    assignment_mark: str
    round_number: int  # 0 where it is not the reader's to know
    edition_number: int
    revision_number: int
    questions: tuple[Question, ...]
    texts: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class FeedbackPiece:
    """What the counsellor wrote back: about which piece, to whom."""

    title: str
    to: str
    text: str


@dataclass(frozen=True)
class WorkRow:
    """One exercise between the sessions: a word on it for each person named, in their order."""

    exercise_title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CheckInRow:
    """One week's, round's or line's numbers, in the order of the columns; earlier than the summary's span or not."""

    label: str
    cells: tuple[str, ...]
    is_earlier: bool = False


@dataclass(frozen=True)
class WeekWords:
    """What somebody added to one week's check-in."""

    label: str
    text: str


@dataclass(frozen=True)
class LinesTable:
    """Some weeks' answers, each line by the text it was asked in: a row a line, a column a week.

    Where it goes on, the weeks before stand in a table above it.
    """

    weeks: tuple[str, ...]
    rows: tuple[CheckInRow, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class CheckInPerson:
    """One person's check-ins: the parts of each week's score, wellbeing apart, their words, each line."""

    name: str
    place: Place
    columns: tuple[str, ...]
    rows: tuple[CheckInRow, ...]
    wellbeing: tuple[CheckInRow, ...]
    comments: tuple[WeekWords, ...]
    lines: tuple[LinesTable, ...] = ()


@dataclass(frozen=True)
class FigurePiece:
    """One measure of an exercise: the numbers as a table, and as a picture where there are several."""

    exercise_title: str
    label: str
    better: str
    columns: tuple[str, ...]
    rows: tuple[CheckInRow, ...]
    chart: Chart | None = None
    texts: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class SignatureLine:
    """Who stands for this summary, in which capacity, on which day."""

    name: str
    role: str
    day: str = ""


@dataclass(frozen=True)
class CrisisContact:
    """Where help is at any hour, as the practice names it."""

    name: str
    number: str


@dataclass(frozen=True)
class Summary:
    """One session summary for one reader; nothing stands here that this reader may not see."""

    edition: Edition
    title: str
    practice: Letterhead
    reader: str
    people: tuple[PersonName, ...]
    number: int
    made_at: datetime
    version: int = 1
    amends: int | None = None
    facts: tuple[Fact, ...] = ()
    shared_summary: str = ""
    agreed: tuple[str, ...] = ()
    progress_note: str = ""
    pieces: tuple[Piece, ...] = ()
    feedback: tuple[FeedbackPiece, ...] = ()
    work: tuple[WorkRow, ...] = ()
    check_in: tuple[CheckInRow, ...] = ()
    chart: Chart | None = None
    check_in_whole: tuple[CheckInPerson, ...] = ()
    figures: tuple[FigurePiece, ...] = ()
    signature: SignatureLine | None = None
    footer: str = ""
    crisis: tuple[CrisisContact, ...] = ()
    lang: str = "en"
    dir: Literal["ltr", "rtl"] = "ltr"

    def side(self, text: str) -> Literal["ltr", "rtl"]:
        """From which side this text is read: most of its letters decide, without any the page does.

        Somebody who quotes a line of another script and goes on in their own is read from their own side.
        """
        kinds = [unicodedata.bidirectional(letter) for letter in text]
        from_left = kinds.count("L")
        from_right = kinds.count("R") + kinds.count("AL")
        if from_left == from_right:
            first = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
            return self.dir if first is None else "ltr" if first == "L" else "rtl"
        return "ltr" if from_left > from_right else "rtl"

    @property
    def read(self) -> tuple[UUID, ...]:
        """The texts that whoever has this before them has read, each once."""
        shown: tuple[Piece | FigurePiece, ...] = (*self.pieces, *self.figures)
        return tuple(dict.fromkeys(text for piece in shown for text in piece.texts))

    @property
    def looks_back(self) -> bool:
        """Whether any figure of homework stands here that is earlier than what the summary covers."""
        return any(row.is_earlier for one in self.figures for row in one.rows)

    @property
    def has_scores(self) -> bool:
        """Whether any number of a check-in stands here, apart from the totals."""
        return any(one.rows or one.wellbeing or one.lines for one in self.check_in_whole)

    def paragraphs(self, text: str) -> tuple[str, ...]:
        """A letter's paragraphs, so that each can be read from its own side."""
        return tuple(part.strip("\n") for part in BLANK_LINE.split(text) if part.strip())

    @property
    def made_stamp(self) -> str:
        """The moment of making as documents keep it, in universal time."""
        return self.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def summary_hash(summary: Summary) -> str:
    """The fingerprint of what a summary says; one changed letter changes it."""
    words = asdict(summary) | {"made_at": summary.made_stamp}
    for piece in (*words["pieces"], *words["figures"]):
        del piece["texts"]  # which rows they are is nothing that it says
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def passages(summary: Summary) -> tuple[str, ...]:
    """Every passage that must stand on the finished paper, for reading it back."""
    head = [summary.title, summary.reader, summary.practice.name, *summary.practice.lines]
    head += [person.name for person in summary.people]
    head += [word for fact in summary.facts for word in (fact.label, fact.text)]
    note = summary.progress_note if summary.edition == "clinical" else ""
    body = [summary.shared_summary, *summary.agreed, note]
    body += [passage for piece in summary.pieces for passage in _passages_of(piece)]
    body += [word for back in summary.feedback for word in (back.title, back.to, back.text)]
    rows = [(row.exercise_title, row.cells) for row in summary.work]
    rows += [(row.label, row.cells) for row in summary.check_in]
    body += [word for label, cells in rows for word in (label, *cells)]
    body += [word for one in summary.check_in_whole for word in _whole(one)]
    body += [word for one in summary.figures for word in _figure(one)]
    tail = [word for contact in summary.crisis for word in (contact.name, contact.number)]
    return tuple(passage for passage in (*head, *body, *tail) if passage.strip())


def _whole(one: CheckInPerson) -> list[str]:
    lined = [row for table in one.lines for row in table.rows]
    rows = [w for row in (*one.rows, *one.wellbeing, *lined) for w in (row.label, *row.cells)]
    columns = [*(one.columns if one.rows else ()), *(w for table in one.lines for w in table.weeks)]
    return [one.name, *columns, *rows, *(w for c in one.comments for w in (c.label, c.text))]


def _figure(one: FigurePiece) -> list[str]:
    rows = [word for row in one.rows for word in (row.label, *row.cells)]
    return [one.exercise_title, one.label, *one.columns, *rows]


def _passages_of(piece: Piece) -> list[str]:
    found = [piece.exercise_title]
    for question in piece.questions:
        found.append(question.label)
        for voice in question.voices:
            found += (voice.name, *words_of(voice.shown))
    return found


def words_of(shown: Shown) -> list[str]:
    """Everything that stands on paper for one answer, its columns, rows and ends among it."""
    if shown.kind == "lines":
        return list(shown.lines)
    if shown.kind == "grid":
        cells = [word for label, row in shown.rows for word in (label, *row)]
        return [*shown.columns, *cells]
    if shown.kind == "nothing":
        return []
    return [shown.text, shown.low, shown.high]
