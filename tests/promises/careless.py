"""A throw-away portal of one form, whose four guards can be taken away one by one."""

from dataclasses import dataclass

from flask import Flask, Response

# What the page says without a guard, and with it.
SCRIPTS = (
    'addEventListener("pageshow", (event) => { window.cameBack = event.persisted; });',
    """addEventListener("pagehide", () => document.body.replaceChildren());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });""",
)
OFF = ("", ' autocomplete="off"')
KEPT: tuple[dict[str, str], ...] = ({}, {"Cache-Control": "no-store"})


@dataclass(frozen=True)
class Guards:
    """What keeps words off a shared computer; each is there unless a test takes it away."""

    redirects: bool = True
    no_autocomplete: bool = True
    no_store: bool = True
    pagehide: bool = True


def careless_portal(guards: Guards, served: str) -> Flask:
    """A form to write in, a page to read, and a way out, with just these guards."""
    app = Flask("careless")
    signed_in = {"here": True}
    off = OFF[guards.no_autocomplete]
    head = f"<!doctype html><title>Page</title><script>{SCRIPTS[guards.pagehide]}</script>"

    def page(body: str) -> Response:
        return Response(f"{head}<body>{body}", headers=KEPT[guards.no_store])

    @app.get("/write")
    def write() -> Response:
        form = f'<form method="post" action="/write"{off}><input name="line"{off}>'
        return page(f'{form}<textarea name="text"{off}></textarea><button>Send</button></form>')

    @app.post("/write")
    def send() -> Response:
        if guards.redirects:
            return Response(status=303, headers={"Location": "/thanks"})
        return page("<p>Thank you")

    @app.get("/thanks")
    def thanks() -> Response:
        return page("<p>Thank you")

    @app.get("/read/<int:number>")
    def read(number: int) -> Response:
        return page(f"<p>{number} {served}" if signed_in["here"] else "<p>Please sign in")

    @app.get("/out")
    def out() -> Response:
        signed_in["here"] = False
        return page("<p>Nothing is open")

    return app
