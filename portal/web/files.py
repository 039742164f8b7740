"""Our own styles, scripts, pictures and fonts, by names that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

from portal.foundation.errors import NotFound
from portal.web.access import public

A_YEAR = 365 * 24 * 3600


def install_files(app: Flask, folder: Path, fonts: Path) -> None:
    """Serve the files; templates have `asset()` to name one and `style()` for a page that travels."""

    @cache
    def asset(name: str) -> str:
        content = (folder / name).read_bytes()
        return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"

    @cache
    def style(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    @public
    def static_file(name: str) -> Response:
        """One file of ours."""
        return _sent(folder, name)

    @public
    def font_file(name: str) -> Response:
        """One of the fonts that were cut when the portal was set up."""
        return _sent(fonts, name)

    app.add_url_rule("/static/fonts/<path:name>", "font_file", font_file)
    app.add_url_rule("/static/<path:name>", "static_file", static_file)
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["style"] = style


def _sent(folder: Path, name: str) -> Response:
    if not (folder / name).is_file():
        raise NotFound
    response = send_from_directory(folder.resolve(), name, max_age=A_YEAR)
    named = "v" in request.args or name.endswith(".woff2")
    age = f"public, max-age={A_YEAR}, immutable" if named else "no-cache"
    response.headers["Cache-Control"] = age
    return response
