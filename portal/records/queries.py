"""Putting together what a partner carries away, for reading and for another program."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.exercises.form.shown import Shown
from portal.homework.windows import day_in
from portal.measures.written import WrittenWeek, written_weeks
from portal.people.queries import own_couple
from portal.records.cards import OwnWords
from portal.reflections.written.cards import WrittenPiece
from portal.reflections.written.queries import written_pieces
from portal.visit import Visit


def own_words(visit: Visit, locale: str) -> OwnWords:
    """All words of the partner who is here; of nobody else, and none of a private box."""
    own = own_couple(visit)
    return OwnWords(
        own=own,
        on=day_in(visit.now, own.writer_zone),
        pieces=written_pieces(visit, own, locale),
        weeks=written_weeks(visit),
    )


def as_data(words: OwnWords) -> Mapping[str, Any]:
    """The same words for a program to read."""
    return {
        "format": "own-words/1",
        "made_on": words.on.isoformat(),
        "writing": [_piece(piece) for piece in words.pieces],
        "weeks": [_week(week) for week in words.weeks],
    }


def _piece(piece: WrittenPiece) -> Mapping[str, Any]:
    return {
        "title": piece.title,
        "number": piece.number,
        "versions": [
            {
                "sent_at": _moment(version.sent_at),
                "answers": [
                    {"question": each.label, "answer": _plain(each.shown)}
                    for each in version.answers
                ],
            }
            for version in piece.versions
        ],
    }


def _week(week: WrittenWeek) -> Mapping[str, Any]:
    return {
        "week_on": week.week_on.isoformat(),
        "sent_at": _moment(week.sent_at),
        "answers": [{"question": label, "answer": value} for label, value in week.answers],
        "comment": week.comment,
        "also_written": list(week.left),
    }


def _plain(card: Shown) -> object:
    if card.kind == "grid":
        return [
            {"row": label, **dict(zip(card.columns, cells, strict=True))}
            for label, cells in card.rows
        ]
    return list(card.lines) if card.kind == "lines" else card.text


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
