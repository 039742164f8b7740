"""Forms are taken from our own pages alone, whatever else they carry."""

from urllib.parse import urlsplit

from flask import request
from flask_wtf.csrf import CSRFError

from portal.web.visits import READS, house

# What a browser says of a form on a page of ours, and of one that nobody's page has sent.
OURS = ("same-origin", "none")


def refuse_crossing() -> None:
    """Refuse what another site's page has sent, or had sent, in somebody's name."""
    if request.method not in READS and is_from_elsewhere():
        raise CSRFError("from another site")


def is_from_elsewhere() -> bool:
    """Whether another site's page has sent this."""
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        return True
    # Our pages send no referrer, and browsers then write this word for the origin too.
    said = [request.headers.get(name, "null") for name in ("Origin", "Referer")]
    return any(each != "null" and _origin(each) not in _own_origins() for each in said)


def _own_origins() -> tuple[str, str]:
    return _origin(house().config.base_url), _origin(request.host_url)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()
