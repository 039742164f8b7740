"""The contracts of direction: each is kept, and each is broken here once on purpose and caught."""

from copy import deepcopy

import grimp
import pytest
from importlinter import Contract
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from tests.house.tree import HERE

KINDS: dict[str, type[Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "protected": ProtectedContract,
}
configure()
SETTINGS = read_user_options(str(HERE / "pyproject.toml"))
CONTRACTS = {given["name"].partition(":")[0]: given for given in SETTINGS.contracts_options}

# What would break each contract: an import that must not be there, or a file without a place.
IMPORTS = {
    "stairs": ("portal.homework.queries", "portal.review.queries"),
    "floors": ("portal.agenda.queries", "portal.agenda.service"),
    "floors of accounts": ("portal.accounts.models", "portal.accounts.queries"),
    "floors of care": ("portal.care.queries", "portal.care.chairs.queries"),
    "floors of desk": ("portal.desk.cards", "portal.desk.queries"),
    "floors of exercises": ("portal.exercises.form.rules", "portal.exercises.models"),
    "floors of homework": ("portal.homework.queries", "portal.homework.service"),
    "floors of programmes": (
        "portal.homework.programmes.service",
        "portal.homework.programmes.steps.service",
    ),
    "floors of jobs": ("portal.jobs.service", "portal.jobs.worker"),
    "floors of notices": ("portal.notices.courier", "portal.notices.service"),
    "floors of measures": ("portal.measures.queries", "portal.measures.picture"),
    "floors of openings": (
        "portal.reflections.openings.queries",
        "portal.reflections.openings.consents",
    ),
    "floors of people": ("portal.people.queries", "portal.people.staff.queries"),
    "floors of records": ("portal.records.queries", "portal.records.routes"),
    "floors of practice": ("portal.practice.starters", "portal.practice.queries"),
    "floors of reflections": ("portal.reflections.answers", "portal.reflections.queries"),
    "floors of drafts, sending and pieces": (
        "portal.reflections.drafts.cards",
        "portal.reflections.drafts.service",
    ),
    "floors of joint": (
        "portal.reflections.joint.merging",
        "portal.reflections.joint.queries",
    ),
    "floors of reports": ("portal.reports.paper", "portal.reports.queries"),
    "floors of review": ("portal.review.highlights", "portal.review.models"),
    "floors of web": ("portal.web.visits", "portal.web.door"),
    "floors of policies": ("portal.policies.viewer", "portal.policies.sight"),
    "floors of foundation": ("portal.foundation.chest", "portal.foundation.vault"),
    "floors of the sample": ("portal.sample.days", "portal.sample.loader"),
    "no web below": ("portal.people.queries", "flask"),
    "pure policies": ("portal.policies.sight", "sqlalchemy"),
    "no SQL in pages": ("portal.desk.routes", "sqlalchemy"),
    "words behind one door": ("portal.review.service", "portal.reflections.models"),
    "pages are last": ("portal.care.queries", "portal.people.routes"),
}
DRAWERS = {
    "stairs": "portal.utils",
    "floors": "portal.agenda.helpers",
    "floors of accounts": "portal.accounts.common",
    "floors of reports": "portal.reports.misc",
    "floors of reflections": "portal.reflections.base",
    "floors of drafts, sending and pieces": "portal.reflections.sending.helpers",
    "floors of web": "portal.web.common",
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("portal", include_external_packages=True, cache_dir=None)


def _is_kept(name: str, graph: grimp.ImportGraph) -> bool:
    given = CONTRACTS[name]
    contract = KINDS[given["type"]](name, SETTINGS.session_options, given)
    return bool(contract.check(deepcopy(graph), verbose=False).kept)


@pytest.mark.parametrize("name", list(CONTRACTS))
def test_kept(name: str, graph: grimp.ImportGraph) -> None:
    assert _is_kept(name, graph)


@pytest.mark.parametrize("name", list(CONTRACTS))
def test_a_wrong_import_is_caught(name: str, graph: grimp.ImportGraph) -> None:
    importer, imported = IMPORTS[name]
    broken = deepcopy(graph)
    assert {importer, imported} <= broken.modules
    broken.add_import(importer=importer, imported=imported)
    assert not _is_kept(name, broken)


@pytest.mark.parametrize("name", list(DRAWERS))
def test_a_drawer_for_everything_is_caught(name: str, graph: grimp.ImportGraph) -> None:
    broken = deepcopy(graph)
    broken.add_module(DRAWERS[name])
    assert not _is_kept(name, broken)


def test_every_room_has_its_floors() -> None:
    """A room without floors could grow any file."""
    rooms = {
        path.name for path in (HERE / "portal").iterdir() if (path / "__init__.py").exists()
    } - {"commands"}
    held = {
        place.split(".")[1]
        for given in SETTINGS.contracts_options
        if given["type"] == "layers"
        for place in given["containers"]
        if place != "portal" and place.count(".") == 1
    }
    assert rooms == held
