"""Layouts and components draw for every role, and no template steps round the content policy."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
LAYOUTS = ("partner", "counsellor", "owner", "bare", "print")


@dataclass(frozen=True)
class Frame:
    product: str = "Weft"
    practice: str = "Sample practice"
    viewer_name: str = "Robin"
    viewer_place: str = "a"
    role: str = "partner"
    lang: str = "en"
    dir: str = "ltr"
    theme: str = ""
    nav: tuple[SimpleNamespace, ...] = (
        SimpleNamespace(label="This week", href="/week", is_current=True, count=2),
    )
    crisis: tuple[SimpleNamespace, ...] = (
        SimpleNamespace(name="A line", contact="0800 555 0100", text="", hours="", who_for=""),
    )
    leave_href: str = "/leave"
    sample: SimpleNamespace | None = None
    flashes: tuple[tuple[str, str], ...] = (("done", "Sent."),)
    to_switch_role: tuple[tuple[str, str], ...] = (("owner", "Practice owner"),)
    hides_leave: bool = False


@pytest.fixture(scope="module")
def drawing() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals["asset"] = lambda name: f"/static/{name}"
    env.globals["csrf_token"] = lambda: "token"
    return env


SAMPLE = SimpleNamespace(people=(("1", "Robin"),), current_id="1")


def drawn(env: Environment, layout: str, frame: Frame) -> BeautifulSoup:
    page = env.from_string(
        f"{{% extends 'layouts/{layout}.html' %}}{{% block title %}}This week{{% endblock %}}"
    )
    return BeautifulSoup(page.render(shell=frame), "html5lib")


@pytest.mark.parametrize("layout", LAYOUTS)
class TestLayouts:
    def test_language_direction_and_theme_stand_on_the_page(
        self, drawing: Environment, layout: str
    ) -> None:
        root = drawn(drawing, layout, replace(Frame(), lang="he", dir="rtl", theme="dark")).html
        assert root is not None
        assert (root["lang"], root["dir"], root["data-theme"]) == ("he", "rtl", "dark")

    def test_ids_are_unique_and_forms_carry_a_token(
        self, drawing: Environment, layout: str
    ) -> None:
        page = drawn(drawing, layout, replace(Frame(), sample=SAMPLE))
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))
        assert all(form.select("[name=csrf_token]") for form in page.select("form[method=post]"))

    def test_the_title_names_the_page_and_the_product_only(
        self, drawing: Environment, layout: str
    ) -> None:
        page = drawn(drawing, layout, Frame())
        assert page.title is not None
        assert page.title.get_text() == "This week - Weft"

    def test_scripts_are_modules_of_our_own(self, drawing: Environment, layout: str) -> None:
        for script in drawn(drawing, layout, Frame()).select("script"):
            assert script["type"] == "module"
            assert str(script["src"]).startswith("/static/js/")
            assert script.get_text() == ""


class TestPartnerShell:
    def test_the_way_out_is_last_in_the_first_row(self, drawing: Environment) -> None:
        page = drawn(drawing, "partner", Frame())
        links = page.select("header.top a")
        assert links[-1]["href"] == "/leave"
        assert "Leave now" in links[-1].get_text()

    def test_a_hidden_way_out_comes_early_in_the_order_of_keys(self, drawing: Environment) -> None:
        early = drawn(drawing, "partner", Frame()).select("header.top a.skip[data-leave]")
        assert [link["href"] for link in early] == ["/leave"]

    def test_the_link_can_be_left_out_while_the_keys_still_work(self, drawing: Environment) -> None:
        page = drawn(drawing, "partner", replace(Frame(), hides_leave=True))
        assert [link.has_attr("hidden") for link in page.select("[data-leave]")] == [True]
        assert "Leave now" not in page.get_text()

    def test_help_says_that_nobody_watches_and_whom_to_call(self, drawing: Environment) -> None:
        words = drawn(drawing, "partner", Frame()).get_text()
        assert "Nobody watches this page" in words
        assert "0800 555 0100" in words

    def test_without_numbers_the_help_still_says_something(self, drawing: Environment) -> None:
        words = drawn(drawing, "partner", replace(Frame(), crisis=())).get_text()
        assert "emergency number of your country" in words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
class TestEveryTemplate:
    def test_it_compiles(self, drawing: Environment, page: Path) -> None:
        assert drawing.parse(page.read_text()) is not None

    def test_it_keeps_to_the_content_policy(self, page: Path) -> None:
        text = page.read_text()
        assert re.findall(r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
        assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []

    def test_it_vouches_for_nothing(self, page: Path) -> None:
        assert re.findall(r"\|\s*safe\b|autoescape false|Markup\(", page.read_text()) == []

    def test_it_is_short(self, page: Path) -> None:
        assert len(page.read_text().splitlines()) <= 120
