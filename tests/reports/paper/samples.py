"""Invented summaries, and the template as the portal draws it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.exercises.form.shown import Shown
from portal.reports.paper import (
    CheckInRow,
    CrisisContact,
    Fact,
    FeedbackPiece,
    Letterhead,
    PersonName,
    Piece,
    Place,
    Question,
    SignatureLine,
    Summary,
    Voice,
    WorkRow,
)

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
MADE_AT = datetime(2026, 5, 14, 18, 40, tzinfo=UTC)


def letter(text: str) -> Shown:
    return Shown("text", text=text)


def robin(shown: Shown) -> Voice:
    return Voice("Robin", "a", shown)


def sasha(shown: Shown) -> Voice:
    return Voice("Sasha", "b", shown)


def asked(label: str, *voices: Voice) -> Question:
    return Question(label, voices)


def piece(title: str, *questions: Question, mark: str = "7c1e", round_number: int = 1) -> Piece:
    return Piece(title, mark, round_number, 3, 1, questions)


def one_voice(text: str, place: Place = "a") -> Summary:
    """A summary whose only homework is this one letter."""
    said = Voice("Robin" if place == "a" else "Sasha", place, letter(text))
    return replace(clinical(), pieces=(piece("A letter", asked("What was it like?", said)),))


SLOW_MOTION = piece(
    "The last disagreement, in slow motion",
    asked(
        "What did you need in that moment?",
        robin(
            letter(
                "I think I needed you to stop and look at me. Not to fix it. What I said was "
                "about the dishes. It was never about the dishes."
            )
        ),
        sasha(
            letter(
                "Two minutes. I needed two minutes where nobody wanted an answer from me. I ran "
                "the tap so that I would not say something I’d regret."
            )
        ),
    ),
    asked(
        "How far away did the other feel?",
        robin(Shown("scale", text="8", low="right beside me", high="on another planet")),
        sasha(Shown("scale", text="5", low="right beside me", high="on another planet")),
    ),
    mark="7c1e",
    round_number=2,
)
NOTICED = piece(
    "Three things I noticed",
    asked(
        "Three small things this week",
        robin(
            Shown(
                "lines",
                lines=(
                    "You put my phone on the charger.",
                    "You laughed at the weather forecast with me.",
                    "You asked my mother how her knee was.",
                ),
            )
        ),
    ),
    asked(
        "Where did the evenings go?",
        robin(
            Shown(
                "grid",
                columns=("Together", "Apart"),
                rows=(
                    ("Monday", ("Supper", "Phone")),
                    ("Wednesday", ("", "Late shift")),
                    ("Sunday", ("The long walk by the canal", "")),
                ),
            )
        ),
    ),
    asked("Anything you left out?", robin(Shown("nothing"))),
    mark="b40d",
)
LETTER = piece(
    "A letter about the spring",
    asked(
        "Write it as you would say it",
        sasha(
            letter(
                "I have carried that evening in March about with me like a stone in a coat.\n\n"
                "You said you would ring at nine, and at ten I had stopped believing that you "
                "would. It was not the hour. It was that I had told my sister it would be "
                "different this time, and I could hear her not saying anything.\n\n"
                "What I would like is small. If you are late, say so before the hour, not after. "
                "I can wait for an hour when I know that I am waiting."
            )
        ),
    ),
    mark="11fa",
)
PEOPLE = (PersonName("Robin Example", "a"), PersonName("Sasha Sample", "b"))


def couple() -> Summary:
    """The edition that both may read."""
    return Summary(
        edition="couple",
        title="Session summary",
        practice=Letterhead("The Lantern Practice", ("3 Canal Row, Newbridge", "01632 960 123")),
        reader="For both of you",
        people=PEOPLE,
        number=8,
        made_at=MADE_AT,
        facts=(
            Fact("Session 8", "Thu 14 May 2026"),
            Fact("Time", "18:30 to 19:20"),
            Fact("Covers", "30 April to 14 May"),
            Fact("Next", "Thu 28 May, 18:30"),
        ),
        shared_summary=(
            "Robin and Sasha looked at the same quarter of an hour from two sides. What one heard "
            "as leaving, the other meant as waiting. They tried asking for two minutes out loud, "
            "and both found it easier than expected."
        ),
        agreed=(
            "Either of you can say “two minutes”. The other stays in the flat and does not follow.",
            "Whoever asked for the pause comes back first.",
            "Keep the Sunday walk.",
        ),
        pieces=(SLOW_MOTION,),
        feedback=(
            FeedbackPiece(
                "The last disagreement, in slow motion",
                "Robin and Sasha",
                "You both wrote about the tap. Read each other’s line on it once more, aloud.",
            ),
        ),
        work=(
            WorkRow("The last disagreement, in slow motion", ("Sent 10 May", "Sent 11 May")),
            WorkRow("Three things I noticed", ("Sent 13 May", "Not sent")),
            WorkRow("Two minutes, out loud", ("For 28 May", "For 28 May")),
        ),
        check_in=(CheckInRow("4 May", ("27 of 40", "24 of 40")),),
        signature=SignatureLine("Nadia Okafor", "Couples counsellor", "14 May 2026"),
        footer="Confidential. Made for the people named here and their counsellor.",
        crisis=(
            CrisisContact("Samaritans, day and night", "116 123"),
            CrisisContact("In an emergency", "999"),
        ),
    )


def clinical() -> Summary:
    """The counsellor's copy."""
    return replace(
        couple(),
        edition="clinical",
        reader="Counsellor’s copy",
        pieces=(SLOW_MOTION, NOTICED, LETTER),
        progress_note=(
            "Less escalation than in April. Sasha names the wish to withdraw before it happens; "
            "Robin follows less. Both want to try the pause at home before adding anything.\n"
            "Plan: stay with the pause plan for two more weeks."
        ),
        crisis=(),
    )


def partner() -> Summary:
    """What Robin alone may take home."""
    return replace(
        couple(),
        edition="partner",
        reader="For Robin",
        people=PEOPLE[:1],
        number=6,
        version=2,
        amends=1,
        pieces=(NOTICED,),
        work=(WorkRow("Three things I noticed", ("Sent 13 May",)),),
        check_in=(CheckInRow("4 May", ("27 of 40",)), CheckInRow("11 May", ("29 of 40",))),
        signature=None,
    )


EDITIONS = {"clinical": clinical, "couple": couple, "partner": partner}
SMALL = '<html lang="en"><title>Session summary</title><body><h1>Short</h1></body></html>'


def page_of(summary: Summary) -> str:
    """The finished page of a summary, drawn by the real template with escaping on."""
    world = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    world.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return world.get_template("reports/pdf/summary.html").render(summary=summary)
