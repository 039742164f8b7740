"""Where printing gets its fonts and its mark: a fixed shelf in memory, and nothing else at all."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

_ROOT = Path(__file__).resolve().parents[2]
_SHEET = _ROOT / "static" / "css" / "paper.css"
_FONTS = {
    "weft:figtree": ("fontpkg_figtree", "Figtree[wght].ttf"),
    "weft:newsreader": ("fontpkg_newsreader", "Newsreader[opsz,wght].ttf"),
    "weft:newsreader-italic": ("fontpkg_newsreader", "Newsreader-Italic[opsz,wght].ttf"),
    "weft:noto-sans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
    "weft:arabic": ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
_SYSTEM_FONTS = {
    "weft:emoji": "truetype/noto/NotoColorEmoji.ttf",
    "weft:wide": "truetype/dejavu/DejaVuSans.ttf",
}
_SYSTEM_FOLDERS = (
    _ROOT / ".deps" / "sys" / "usr" / "share" / "fonts",
    Path("/usr/share/fonts"),
)
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 24" width="40" height="24">'
    '<g fill="none" stroke-width="3.4" stroke-linecap="round">'
    '<path d="M3 18C11 18 13 6 20 6S29 18 37 18" stroke="#b87708"/>'
    '<path d="M3 6C11 6 13 18 20 18S29 6 37 6" stroke="#ffffff" stroke-width="7"'
    ' stroke-linecap="butt"/>'
    '<path d="M3 6C11 6 13 18 20 18S29 6 37 6" stroke="#9a4d82"/>'
    '<path d="M24.6 8.6C27.8 12.4 30.4 18 34 18" stroke="#ffffff" stroke-width="7"'
    ' stroke-linecap="butt"/>'
    '<path d="M20 6C27.4 6 29 18 37 18" stroke="#b87708"/>'
    "</g></svg>"
)


class RefusedError(FatalURLFetchingError):  # type: ignore[misc]  # the library ships no types
    """Something on the page asked for what is not on the shelf; printing stops there."""


class ShelfFetcher(URLFetcher):  # type: ignore[misc]  # the library ships no types
    """Hands out what lies on the shelf; no address, file or inlined data ever gets past it."""

    def __init__(self, shelf: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._shelf = dict(shelf)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the library's signature
        """The named thing from the shelf; anything else ends the document."""
        body = self._shelf.get(url)
        if body is None:
            raise RefusedError("not on the shelf")
        kind = "image/svg+xml" if url.endswith(".svg") else "font/ttf"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def shelf() -> dict[str, bytes]:
    """All that a document may draw on; the emoji and the wide font only where installed."""
    things = {
        name: files(package).joinpath("files", file).read_bytes()
        for name, (package, file) in _FONTS.items()
    }
    for name, file in _SYSTEM_FONTS.items():
        found = next((p for folder in _SYSTEM_FOLDERS if (p := folder / file).is_file()), None)
        if found:
            things[name] = found.read_bytes()
    return things | {"weft:mark.svg": _MARK.encode()}


def sheet(names: Mapping[str, bytes]) -> str:
    """The style sheet of paper, without the fonts that this machine does not have."""
    faces, rules = _SHEET.read_text(encoding="utf-8").split("/* rules */", 1)
    kept = [face for face in faces.split("@font-face") if _on_shelf(face, names)]
    return "@font-face".join(["", *kept]) + rules


def _on_shelf(face: str, names: Mapping[str, bytes]) -> bool:
    return any(f"url({name})" in face for name in names)
