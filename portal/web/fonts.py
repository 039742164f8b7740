"""The portal's letters: cut once from the installed font packages into small files for the browser."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STAMP = "cut.txt"
RECIPE = "2"  # raise it whenever a cut below changes, so that old files are made again

LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
    "U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXT = (
    "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02D9,U+02DB,U+02DD-036F,"
    "U+1E00-1EFF,U+20A0-20AB,U+20AD-20CF,U+2C60-2C7F,U+A720-A7FF"
)
RANGES = {"latin": LATIN, "latin-ext": LATIN_EXT}
FEATURES = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "rlig", "tnum"]

Span = float | tuple[float, float]


@dataclass(frozen=True)
class Cut:
    """One typeface as the pages need it: where it comes from and how far its axes may go."""

    name: str
    package: str
    file: str
    axes: dict[str, Span]


CUTS = (
    Cut("figtree", "fontpkg_figtree", "Figtree[wght].ttf", {"wght": (400, 700)}),
    Cut(
        "newsreader",
        "fontpkg_newsreader",
        "Newsreader[opsz,wght].ttf",
        {"opsz": 20, "wght": (400, 600)},
    ),
    Cut(
        "newsreader-italic",
        "fontpkg_newsreader",
        "Newsreader-Italic[opsz,wght].ttf",
        {"opsz": 20, "wght": 400},
    ),
)


def cut_fonts(target: Path) -> None:
    """Make the browser's letters in this folder, unless they are there already."""
    target.mkdir(parents=True, exist_ok=True)
    stamp = target / STAMP
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and _is_complete(target):
        return
    for cut in CUTS:
        pinned = _pinned(cut)
        for part, unicodes in RANGES.items():
            _write(target / _file_name(cut, part), _subset(pinned, unicodes))
    stamp.write_text(wanted)


def _file_name(cut: Cut, part: str) -> str:
    return f"{cut.name}-{part}.woff2"


def _is_complete(target: Path) -> bool:
    return all((target / _file_name(cut, part)).is_file() for cut in CUTS for part in RANGES)


def _fingerprint() -> str:
    versions = sorted({f"{cut.package} {version(cut.package)}" for cut in CUTS})
    recipe = repr((RECIPE, CUTS, RANGES, FEATURES, versions))
    return sha256(recipe.encode()).hexdigest()


def _pinned(cut: Cut) -> bytes:
    # Saved and read again before subsetting: the subsetter fails on a live instance.
    source = files(cut.package) / "files" / cut.file
    with source.open("rb") as opened:
        font = instantiateVariableFont(TTFont(opened), cut.axes)
        kept = BytesIO()
        font.save(kept)
    return kept.getvalue()


def _subset(pinned: bytes, unicodes: str) -> bytes:
    font = TTFont(BytesIO(pinned))
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_code_points(unicodes))
    subsetter.subset(font)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _code_points(unicodes: str) -> list[int]:
    points: list[int] = []
    for span in unicodes.split(","):
        first, _, last = span.removeprefix("U+").partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def _write(path: Path, content: bytes) -> None:
    # Renamed into place, so that a server never sends half a file.
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
