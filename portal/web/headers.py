"""The safe headers on every answer, and what may be cached."""

from flask import Flask, Request, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "camera",
            "clipboard-read",
            "display-capture",
            "geolocation",
            "gyroscope",
            "microphone",
            "payment",
            "usb",
        )
    ),
}


def dress(response: Response) -> Response:
    """Put the safe headers on one answer; nothing but files of ours may be cached."""
    for name, value in ALWAYS.items():
        response.headers[name] = value
    # Where a file is missing, the answer is a page like any other, with somebody's name on it.
    if not is_file(request) or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response


def is_file(asked: Request) -> bool:
    """Whether this request is for a style, script, picture or font of ours."""
    return asked.path.startswith("/static/")


def dress_all(app: Flask) -> None:
    """Dress every answer of the portal."""
    app.after_request(dress)
