"""Finding editions, and the standing words of the catalogue."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.exercises.cards import EditionCard, Wanted
from portal.exercises.catalogue.load import load_catalogue
from portal.exercises.catalogue.shelf import Catalogue
from portal.exercises.form.definition import (
    CommonDefinition,
    ProgrammeDefinition,
    parse_common,
    parse_programme,
    read_edition,
)
from portal.exercises.models import Edition
from portal.foundation.errors import NotFound
from portal.vocabulary import EditionKind, SecretsPolicy

# Editions never change, so reading one once is enough for this process.
_READ: dict[UUID, EditionCard] = {}


@cache
def catalogue() -> Catalogue:
    """The catalogue of the package, checked when it is first asked for."""
    return load_catalogue()


@cache
def standing() -> CommonDefinition:
    """The sentences and questions that all exercises share."""
    return parse_common(catalogue().common)


@cache
def practices() -> Mapping[str, tuple[str, ...]]:
    """What each exercise practises, in the words of the trace."""
    found: dict[str, list[str]] = {}
    for section in catalogue().trace["sections"]:
        for line in section["practices"]:
            for key in line["exercises"]:
                found.setdefault(key, []).append(line["practice"])
    return {key: tuple(lines) for key, lines in found.items()}


def fits(card: EditionCard, wanted: Wanted) -> bool:
    """Whether an exercise is among what was asked for, by its own words and by what it practises."""
    return wanted.fits(card, " ".join(practices().get(card.key, ())))


@cache
def programmes() -> Mapping[str, ProgrammeDefinition]:
    """The programmes of the catalogue by their names."""
    return {key: parse_programme(given) for key, given in catalogue().programmes.items()}


@cache
def solo_confirm() -> tuple[str, ...]:
    """What the counsellor confirms before somebody works alone in solo wording."""
    return tuple(catalogue().safety["solo_confirm"])


@cache
def plain_statement() -> str:
    """What the portal says of itself to partners: that nobody is watching."""
    statement: Mapping[str, Any] = catalogue().safety["plain_statement"]
    return " ".join(str(statement["to_clients"]).split())


def promise(policy: SecretsPolicy) -> str:
    """The sentence that stands above the private box under this policy."""
    found = next(p for p in standing().secrets_policies if p.value == policy.value)
    return found.client_sentence


def editions(db: Session, ids: Iterable[UUID]) -> dict[UUID, EditionCard]:
    """These editions, read; one look-up for those that this process has not read yet."""
    wanted = set(ids)
    missing = wanted - _READ.keys()
    if missing:
        for row in db.scalars(select(Edition).where(Edition.id.in_(missing))):
            _READ[row.id] = _card(row)
    return {edition_id: _READ[edition_id] for edition_id in wanted if edition_id in _READ}


def edition(db: Session, edition_id: UUID) -> EditionCard:
    """One edition, or not found."""
    found = editions(db, [edition_id]).get(edition_id)
    if found is None:
        raise NotFound
    return found


def newest_editions(db: Session) -> list[EditionCard]:
    """The newest edition of every exercise, the core shelf first."""
    other = Edition.__table__.alias("other")
    newest = select(func.max(other.c.number)).where(
        other.c.kind == Edition.kind, other.c.key == Edition.key
    )
    query = select(Edition.id).where(
        Edition.kind == EditionKind.EXERCISE, Edition.number == newest.scalar_subquery()
    )
    cards = editions(db, db.scalars(query).all()).values()
    order = {key: place for place, key in enumerate(catalogue().exercises)}
    return sorted(cards, key=lambda card: (order.get(card.key, len(order)), card.key))


def newest_edition(db: Session, key: str) -> EditionCard:
    """The edition of this exercise that is given from now on."""
    query = select(Edition.id).where(Edition.kind == EditionKind.EXERCISE, Edition.key == key)
    found = db.scalars(query.order_by(Edition.number.desc()).limit(1)).first()
    if found is None:
        raise NotFound
    return edition(db, found)


def _card(row: Edition) -> EditionCard:
    return EditionCard(row.id, row.key, row.number, row.content_hash, read_edition(row.content))
