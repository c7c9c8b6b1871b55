"""The door of the pages: the secret link, the cookie it leaves, the token in each form, the headers on each answer.

Without the link's secret (or the cookie that the link leaves) every address answers the same 404.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, g, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from callplan.web.guesses import Guesses
from callplan.web.secret import SecretFile, Verdict

_COOKIE_SECONDS = 400 * 24 * 3600  # as long as browsers keep one

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

#: The largest form: notes of `jotter.LONGEST` characters, each of up to twelve octets when encoded.
_LARGEST_FORM = 256 * 1024

#: The same for whoever has not come in, whatever was asked for. It has no looks, since the style sheet is inside.
_NOT_FOUND = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not found</title>
</head>
<body>
<h1>Not found</h1>
<p>If this server is yours, this browser has not come in yet: open the secret link that “callplan serve” prints. Once is
enough; bookmarks work afterwards.</p>
<p><a href="/">To the first page</a></p>
</body>
</html>
"""


def add_door(application: Flask, secret: SecretFile, guesses: Guesses, missing: Callable[[], AnyResponse]) -> None:
    """Put the door in front of a Flask application. `missing` is what those inside see where there is nothing."""
    application.config["MAX_CONTENT_LENGTH"] = _LARGEST_FORM
    application.config["MAX_FORM_PARTS"] = 500

    @application.before_request
    def demand_cookie() -> None:
        if request.endpoint == "enter":
            return
        expected = _cookie_value(secret)
        offered = request.cookies.get(_cookie_name(request.environ), "")
        if expected is None or not hmac.compare_digest(expected.encode(), offered.encode("utf-8", "replace")):
            if offered:
                guesses.wrong(request.environ["REMOTE_ADDR"])
            abort(404)
        g.inside = True
        if request.method == "POST":
            _demand_token(secret)

    @application.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @application.errorhandler(404)
    @application.errorhandler(405)
    def not_found(_error: Exception) -> AnyResponse:
        return missing() if g.get("inside") else Response(_NOT_FOUND, 404)

    @application.errorhandler(400)
    @application.errorhandler(403)
    @application.errorhandler(413)
    def refused(error: Any) -> Response:
        return Response(f"{error.code}: this form cannot be taken. Go back and reload the page.\n", error.code,
                        mimetype="text/plain")  # fmt: skip

    @application.get("/s/<offered>/", strict_slashes=False, provide_automatic_options=False)
    def enter(offered: str) -> Response:
        address = request.environ["REMOTE_ADDR"]
        if not guesses.may_guess(address):
            return Response("Too many wrong links. Wait a minute.\n", 429, {"Retry-After": "60"}, mimetype="text/plain")
        verdict = secret.secret().judge(offered)
        if verdict is Verdict.REVOKED:
            return Response("This link has been taken back.\n", 410, mimetype="text/plain")
        value = _cookie_value(secret)
        if verdict is Verdict.UNKNOWN or value is None:
            guesses.wrong(address)
            abort(404)
        response = make_response(redirect("/", 303))
        response.set_cookie(
            _cookie_name(request.environ),
            value,
            max_age=_COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.environ["wsgi.url_scheme"] == "https",
        )
        return response


def form_token(secret: SecretFile) -> str:
    """What every form carries, so that no other site can send one; void when the link is taken back."""
    return _derived(secret, b"token of the forms") or ""


def _demand_token(secret: SecretFile) -> None:
    # Browsers that know the header say it plainly; the others are held to the token, and so are these.
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    if not hmac.compare_digest(form_token(secret).encode(), request.form.get("token", "").encode("utf-8", "replace")):
        abort(403)


def _cookie_name(environ: dict[str, Any]) -> str:
    """Browsers share cookies between the ports of a host: two servers on one machine must not share theirs."""
    host = environ.get("HTTP_HOST", "")
    port = host.rpartition(":")[2]
    return f"callplan-{port}" if port.isdigit() else "callplan"


def _cookie_value(secret: SecretFile) -> str | None:
    """What the link leaves in the browser: made from the secret, not the secret; void when that is taken back."""
    return _derived(secret, b"cookie of the pages")


def _derived(secret: SecretFile, purpose: bytes) -> str | None:
    current = secret.secret().current
    return hmac.new(current.encode(), purpose, hashlib.sha256).hexdigest() if current else None
