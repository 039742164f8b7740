"""Forms are taken from our own pages alone, whatever else they carry."""

from urllib.parse import urlsplit

from flask import request
from flask_wtf.csrf import CSRFError

from portal.web.visits import READS, house

# What a browser says of a form on a page of ours, and of one that nobody's page has sent.
OURS = ("same-origin", "none")


def refuse_crossing() -> None:
    """Refuse what another site's page has sent, or had sent, in somebody's name."""
    if request.method in READS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise CSRFError("from another site")
    for name in ("Origin", "Referer"):
        said = request.headers.get(name, "null")
        # Our pages send no referrer, and browsers then write this word for the origin too.
        if said != "null" and _origin(said) not in _own_origins():
            raise CSRFError("from another site")


def _own_origins() -> tuple[str, str]:
    return _origin(house().config.base_url), _origin(request.host_url)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()
