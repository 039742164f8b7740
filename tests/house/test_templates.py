"""Templates mirror the rooms, vouch for nothing and bring no style or script of their own."""

import ast
import re
from pathlib import Path

import pytest

from portal.desk.letters.jobs import FOLDERS as FOLDERS_OF
from portal.vocabulary import NoticeKind
from tests.house.tree import HERE, PORTAL, TEMPLATES, name_of, python_files, templates

FOLDERS = {"components", "errors", "layouts", "mail"}
# Templates that no page draws by name, each with who does.
DRAWN_ELSEWHERE = {
    "reports/pdf/summary.html": "the press, for paper",
    "errors/signed_out.html": "the door, where nobody is signed in any more",
}
BANNED = {
    r"\|\s*safe\b": "vouches for markup",
    r"\bMarkup\b": "vouches for markup",
    r"{%-?\s*autoescape\s+false": "switches escaping off",
    r"\sstyle\s*=": "brings a style of its own",
    r"\son[a-z]+\s*=\s*[\"']": "brings a script of its own",
    r"<style\b": "brings a style of its own",
    r"<script(?![^>]*\ssrc=)": "brings a script of its own",
    r"https?://(?!www\.w3\.org/)": "fetches something from elsewhere",
    r"javascript:": "brings a script of its own",
}
# A file that is taken along is read where none of ours are: its style travels in it.
TRAVELS = {"templates/records/_head.html": {r"<style\b"}}
PAGES = [path for path in templates() if path.suffix == ".html"]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_vouches_for_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    may = TRAVELS.get(name_of(path), set())
    assert not {
        why: word for word, why in BANNED.items() if word not in may and re.search(word, text)
    }


def test_nothing_in_python_vouches_for_markup_or_draws_from_a_string() -> None:
    found = [
        name_of(path)
        for path in python_files("portal")
        if re.search(r"\bMarkup\(|render_template_string", path.read_text(encoding="utf-8"))
        and name_of(path) != "portal/web/display.py"
    ]
    assert not found


def test_folders_mirror_rooms() -> None:
    rooms = {path.name for path in PORTAL.iterdir() if (path / "__init__.py").exists()}
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders - FOLDERS <= rooms
    assert not [path for path in TEMPLATES.iterdir() if path.is_file()]


def _named(text: str) -> set[str]:
    """Every template that this text names, in Python or in another template."""
    return set(re.findall(r"[\"']([a-z_]+(?:/[a-z_]+)*/[a-z_]+\.html)[\"']", text))


def test_every_page_template_is_drawn_by_a_page() -> None:
    drawn = set()
    for path in python_files("portal"):
        drawn |= _named(path.read_text(encoding="utf-8"))
    unused = [
        name
        for name in _page_templates()
        if name not in drawn and name not in DRAWN_ELSEWHERE and not name.startswith("errors/")
    ]
    assert not unused


def test_every_part_is_used_by_somebody() -> None:
    named = set()
    for path in [*PAGES, *python_files("portal"), *python_files("tests")]:
        named |= _named(path.read_text(encoding="utf-8"))
    parts = {
        path.relative_to(TEMPLATES).as_posix()
        for path in PAGES
        if path.name.startswith("_") or path.parent.name in ("components", "layouts")
    }
    assert not parts - named


def test_whatever_is_named_is_there() -> None:
    missing = set()
    for path in [*PAGES, *python_files("portal")]:
        missing |= {
            f"{name_of(path)}: {name}"
            for name in _named(path.read_text(encoding="utf-8"))
            if not (TEMPLATES / name).exists()
        }
    assert not missing


def test_a_partner_never_stands_in_the_counsellors_frame() -> None:
    """A page that a partner can be given extends the partner's frame, or the one of its role."""
    layout = (TEMPLATES / "layouts" / "partner.html").read_text(encoding="utf-8")
    assert "counsellor.html" not in layout


def _page_templates() -> list[str]:
    return [
        path.relative_to(TEMPLATES).as_posix()
        for path in PAGES
        if not path.name.startswith("_")
        and path.relative_to(TEMPLATES).parts[0] not in ("components", "layouts", "mail")
    ]


def test_a_page_template_lies_with_the_room_that_draws_it() -> None:
    wrong, drawn = [], frozenset(_page_templates())
    for path in python_files("portal"):
        room = path.relative_to(PORTAL).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                folder = node.value.split("/")[0]
                if node.value in drawn and folder not in (room, "errors"):
                    wrong.append(f"{name_of(path)} draws {node.value}")
    # A piece of work is drawn by the desk, which also knows what was written back.
    # Both pages also hold what the counsellor wrote back, which lies above this room.
    assert set(wrong) <= {
        "portal/desk/routes.py draws reflections/piece.html",
        "portal/desk/routes.py draws reflections/joint_read.html",
    }
    assert (HERE / "templates").is_dir()


@pytest.mark.parametrize("kind", list(NoticeKind), ids=lambda kind: str(kind.value))
def test_every_kind_of_notice_has_its_two_files(kind: NoticeKind) -> None:
    """They lie with the room whose deed it is, and all of them say the same."""
    for part in ("subject", "body"):
        (found,) = TEMPLATES.glob(f"*/notices/{kind.value}.{part}.txt")
        assert found.read_text(encoding="utf-8").strip() == f"{{% include 'mail/{part}.txt' %}}"
        assert found.parent.parent.name == FOLDERS_OF[kind]
