"""P1: every route, every actor, every object: no marker reaches anybody who may not know it."""

import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pypdf
import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.web.access import doors_of
from portal.web.visits import house
from tests.promises.furnishing import furnish
from tests.promises.places import Places
from tests.support.moments import StandingClock
from tests.support.portal import portal_upon
from tests.support.promises import keep, tree
from tests.support.world import World

HIDDEN = re.compile(rb'name="csrf_token" value="[^"]*"')
IDS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
PUBLIC = {
    "accounts.sign_in",
    "accounts.offer_sign_in",
    "accounts.sign_in_with_passkey",
    "accounts.leave",
    "accounts.type_code",
    "accounts.join",
    "accounts.look_around",
    "desk.home",
    "practice.set_up",
    "static_file",
    "font_file",
}
READING_IT_ENDS_THE_VISIT = {"accounts.leave"}


@dataclass(frozen=True)
class Case:
    """One knock: who, at which route, with which object in the address."""

    actor: str
    method: str
    path: str
    endpoint: str
    relation: str


@pytest.fixture
def engine_name() -> str:
    """The matrix runs on the embedded database, whose file is put back after every deed."""
    return "sqlite"


@pytest.fixture
def app(world: World, tmp_path: Path) -> Iterator[Flask]:
    with portal_upon(world, tmp_path, StandingClock()) as made:
        made.config["WTF_CSRF_ENABLED"] = False
        yield made


@pytest.mark.heavy
@pytest.mark.proof
def test_no_word_reaches_anybody_who_may_not_know_it(
    world: World, app: Flask, tmp_path: Path
) -> None:
    asked, whole = ask(world, app, tmp_path, shared_out)
    assert asked >= 2_000
    assert whole >= 12_000
    keep("P1", "matrix", f"{asked:,} of {whole:,} cases asked, 0 leaks")


@pytest.mark.long
@pytest.mark.parametrize("half", [1, 2])
def test_no_word_reaches_anybody_in_any_case(
    world: World, app: Flask, tmp_path: Path, half: int
) -> None:
    """All cases, half of them in each of two worlds, so that two workers share them."""
    asked, whole = ask(world, app, tmp_path, lambda found: found[half - 1 :: 2])
    assert asked >= whole // 2 >= 6_000
    keep("P1", f"whole-{half}", f"all {asked:,} cases of half {half} asked, 0 leaks")


def shared_out(found: list[Case]) -> list[Case]:
    """Every page at one's own thing, and a third of all other kinds; others with each tree.

    A kind is who, at which route, how, and at whose thing. Whether anybody still sees what is theirs must not
    hang on luck, so that these are always asked. HEAD is GET without its body, so that it is asked only where
    the thing is one's own. The long form asks all of them, in every run of the project's own checks.
    """
    own: dict[tuple[str, str], list[Case]] = {}
    others: dict[tuple[str, str, str, str], list[Case]] = {}
    for case in found:
        if case.method == "GET" and case.relation == "own":
            own.setdefault((case.actor, case.endpoint), []).append(case)
        elif case.method != "HEAD" or case.relation == "own":
            kind = (case.actor, case.method, case.endpoint, case.relation)
            others.setdefault(kind, []).append(case)
    dice = random.Random(tree())
    some = dice.sample(list(others.values()), len(others) // 3)
    return [dice.choice(kind) for kind in (*own.values(), *some)]


def ask(
    world: World, app: Flask, tmp_path: Path, choose: Callable[[list[Case]], list[Case]]
) -> tuple[int, int]:
    """Ask what was chosen of all cases and judge each answer; gives how many, of how many."""
    places = furnish(world, app)
    assert all(UUID(str(one)).version == 4 for one in places.ids()), "an id that can be guessed"
    world.engine.dispose()
    shutil.copy(tmp_path / "weft.db", tmp_path / "kept.db")
    undeclared = [n for n, p in app.view_functions.items() if n != "static" and doors_of(p) is None]
    assert undeclared == []
    open_to_all = {n for n, p in app.view_functions.items() if doors_of(p) == frozenset()}
    assert open_to_all == PUBLIC

    _MISSING.clear()
    count, leaks, told = 0, [], []
    seen: set[tuple[str, bytes]] = set()
    whole = list(cases(app, places))
    for case in choose(whole):
        answer = knock(app, places, case)
        count += 1
        text = words_of(answer)
        leaks += [(case, word) for word in places.foreign_words(case.actor, text)]
        seen |= {(case.actor, word) for word in places.own_words(case.actor, text)}
        if changed(case, answer):
            put_back(app, tmp_path)
        if case.relation != "own" and plain(answer) != missing(app, places, case, tmp_path):
            told.append((case, answer.status_code))
    assert leaks == []
    assert told == []
    assert len(seen) >= 60, "the matrix is worth nothing where nobody sees what is theirs"
    return count, len(whole)


def cases(app: Flask, places: Places) -> Iterator[Case]:
    """Every method of every route, for every actor, with every object it could name."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in ("static",)]
    for rule in sorted(rules, key=lambda r: (r.rule, r.endpoint)):
        for method in sorted((rule.methods or set()) & {"GET", "HEAD", "POST"}):
            for actor in places.actors:
                for relation, values in places.objects_for(rule, actor):
                    path = path_of(app, rule, values)
                    yield Case(actor, method, path, rule.endpoint, relation)


def path_of(app: Flask, rule: Rule, values: Mapping[str, object]) -> str:
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, dict(values))


def knock(app: Flask, places: Places, case: Case) -> TestResponse:
    client = app.test_client()
    token = places.tokens.get(case.actor)
    if token:
        client.set_cookie("weft", token)
    if case.method == "POST":
        answer = client.post(case.path, data=places.fields_for(case.endpoint))
    else:
        answer = client.open(case.path, method=case.method)
    answer.get_data()
    answer.close()
    return answer


def words_of(answer: TestResponse) -> bytes:
    """Everything that came back: headers, body, and the text of a paper."""
    head = "\n".join(f"{k}: {v}" for k, v in answer.headers.items()).encode()
    body = answer.get_data()
    if answer.mimetype == "application/pdf" and body:
        pages = pypdf.PdfReader(BytesIO(body)).pages
        body = "\n".join(page.extract_text() for page in pages).encode()
    return head + b"\n" + body


Missing = tuple[int, bytes, str]
_MISSING: dict[tuple[str, str, str], Missing] = {}


def missing(app: Flask, places: Places, case: Case, folder: Path) -> Missing:
    """How this actor is answered where nothing exists; asked once for each route and method."""
    key = (case.actor, case.method, case.endpoint)
    if key not in _MISSING:
        nothing = Case(case.actor, case.method, _replaced(case.path), case.endpoint, "missing")
        answer = knock(app, places, nothing)
        _MISSING[key] = plain(answer)
        if changed(nothing, answer):
            put_back(app, folder)
    return _MISSING[key]


def _replaced(path: str) -> str:
    return IDS.sub(lambda _m: str(uuid4()).encode(), path.encode()).decode()


def plain(answer: TestResponse) -> tuple[int, bytes, str]:
    """An answer without its tokens, and with ids taken out."""
    body = IDS.sub(b"ID", HIDDEN.sub(b"", answer.get_data()))
    where = IDS.sub(b"ID", str(answer.headers.get("Location", "")).encode()).decode()
    return answer.status_code, body, where


def changed(case: Case, answer: TestResponse) -> bool:
    """Whether the world may be another after this knock: a deed was done, or somebody left."""
    done = case.method == "POST" and answer.status_code < 400
    return done or case.endpoint in READING_IT_ENDS_THE_VISIT


def put_back(app: Flask, folder: Path) -> None:
    """Undo whatever a deed did: the next knock finds the world as it was."""
    with app.app_context():
        house().engine.dispose()
    for name in ("weft.db-wal", "weft.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder / "kept.db", folder / "weft.db")
