"""The shelf: what is on it is handed out, and nothing else in the world."""

import pytest

from portal.reports.fetching import RefusedError, ShelfFetcher, sheet, shelf

ELSEWHERE = [
    "http://127.0.0.1:1/x",
    "https://example.org/x.css",
    "ftp://example.org/x",
    "file:///etc/hostname",
    "FILE:///etc/hostname",
    "data:text/css,p{}",
    "data:image/svg+xml,<svg/>",
    "weft:figtree?x",
    "weft:../figtree",
    "weft:",
    "//example.org/x",
    "figtree",
    "",
]


class TestShelf:
    def test_the_named_fonts_are_there(self) -> None:
        things = shelf()
        for name in ("figtree", "newsreader", "newsreader-italic", "noto-sans", "arabic"):
            assert things[f"weft:{name}"][:4] == b"\x00\x01\x00\x00"

    def test_what_is_on_it_is_handed_out(self) -> None:
        answer = ShelfFetcher(shelf()).fetch("weft:mark.svg")
        assert answer.content_type == "image/svg+xml"
        assert answer.read().startswith(b"<svg")

    @pytest.mark.parametrize("address", ELSEWHERE)
    def test_nothing_else_is(self, address: str) -> None:
        with pytest.raises(RefusedError) as refusal:
            ShelfFetcher(shelf()).fetch(address)
        assert address == "" or address not in str(refusal.value)

    def test_the_sheet_asks_for_nothing_that_is_missing(self) -> None:
        things = shelf()
        few = {name: things[name] for name in ("weft:figtree", "weft:newsreader")}
        text = sheet(few)
        assert "url(weft:figtree)" in text
        assert "url(weft:arabic)" not in text
        assert "@page" in text
