"""The look keeps its own rules: contrast, one home for colours, both directions of reading."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
FRAME = (ROOT / "templates" / "layouts" / "page.html").read_text()
TAKEN = STATIC / "css" / "taken.css"
SHEETS = [STATIC / name for name in re.findall(r"asset\('(css/[\w-]+\.css)'\)", FRAME)]
TOKENS = (STATIC / "css" / "tokens.css").read_text()

CONTRASTS = """
text           on                          needs
ink            paper,surface,sunk,dawn     4.5
ink-2          paper,surface,sunk,dawn     4.5
ink-3          paper,surface,sunk          4.5
on-act         act,act-strong              4.5
on-band        band                        4.5
pine           paper,surface,sunk          4.5
pine-strong    pine-soft                   4.5
plum           surface,plum-soft           4.5
ochre          surface,ochre-soft          4.5
brick          surface,brick-soft          4.5
ink            pine-soft,brick-soft        4.5
ink-2          pine-soft                   4.5
plum-mark      surface                     3
ochre-mark     surface                     3
line-strong    paper,surface               3
focus          paper,surface,glow          3
"""

PROMISED = (
    "field hint error field--error scale scale__opts scale__opt scale__ends choice check input"
    " textarea textarea--letter tablewrap sees savestate btn btn--2 btn--quiet tag card task who"
    " spread answer letter asis rowgroup rowgroup__label notice banner slip progressline cover"
    " kept facts pairscale actionbar queue settings summary"
)


def block(pattern: str) -> dict[str, str]:
    found = re.search(pattern + r"\s*\{([^}]*)\}", TOKENS)
    assert found, pattern
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", found[1]))


LIGHT = block(r"(?m)^:root")
DARK_BY_SYSTEM = block(r':root:not\(\[data-theme="light"\]\)')
DARK_BY_CHOICE = block(r':root\[data-theme="dark"\]')


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    rows = [line.split() for line in CONTRASTS.strip().splitlines()[1:]]
    return [(text, on, float(needs)) for text, ons, needs in rows for on in ons.split(",")]


class TestTokens:
    def test_both_dark_blocks_are_the_same(self) -> None:
        assert DARK_BY_SYSTEM == DARK_BY_CHOICE

    def test_dark_redraws_only_what_light_draws(self) -> None:
        assert set(DARK_BY_CHOICE) <= set(LIGHT)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize(("text", "on", "needs"), pairs())
    def test_what_is_read_can_be_read(self, theme: str, text: str, on: str, needs: float) -> None:
        colours = LIGHT if theme == "light" else LIGHT | DARK_BY_CHOICE
        assert contrast(colours[text], colours[on]) >= needs

    def test_the_formula_knows_black_on_white(self) -> None:
        assert round(contrast("#000000", "#ffffff"), 2) == 21

    def test_every_value_that_is_asked_for_exists(self) -> None:
        asked = set(re.findall(r"var\(--([\w-]+)", "".join(sheet.read_text() for sheet in SHEETS)))
        assert asked - {"gap"} <= set(LIGHT)


@pytest.mark.parametrize("sheet", [*SHEETS, TAKEN], ids=lambda sheet: sheet.name)
class TestSheets:
    def test_colours_live_in_the_tokens_only(self, sheet: Path) -> None:
        if sheet.name == "tokens.css":
            return
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)\(", sheet.read_text()) == []

    def test_no_side_is_called_left_or_right(self, sheet: Path) -> None:
        physical = (
            r"(?<![-\w(])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*"
            r"|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
            r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
        )
        assert re.findall(physical, sheet.read_text()) == []

    def test_it_asks_nothing_of_elsewhere(self, sheet: Path) -> None:
        assert re.findall(r"@import|https?:|data:", sheet.read_text()) == []

    def test_it_is_short(self, sheet: Path) -> None:
        assert len(sheet.read_text().splitlines()) <= 300


def test_what_travels_stands_as_it_is_in_a_page() -> None:
    assert re.findall(r"[<>&\"']|url\(", TAKEN.read_text()) == []


def test_all_sheets_together_are_small() -> None:
    sent = sum(len(gzip.compress(sheet.read_bytes())) for sheet in SHEETS)
    assert sent <= 16 * 1024


def test_the_class_names_that_pages_rely_on_are_drawn() -> None:
    drawn = "".join(sheet.read_text() for sheet in SHEETS)
    missing = [name for name in PROMISED.split() if not re.search(rf"\.{name}(?![\w-])", drawn)]
    assert missing == []


def test_the_modules_keep_no_words_and_write_no_markup() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|localStorage|sessionStorage"
        r"|indexedDB|\beval\(|new Function|caches\.|serviceWorker|https?://"
    )
    for module in (STATIC / "js").glob("*.js"):
        assert forbidden.findall(module.read_text()) == [], module.name
