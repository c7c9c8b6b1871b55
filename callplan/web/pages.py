"""The pages: for now the home page, behind its secret link.

Without the link's secret (or the cookie that the link leaves) every address answers the same 404.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, abort, make_response, redirect, render_template, request

from callplan.plan.step import Status, Step, StepKind
from callplan.web.secret import SecretFile, Verdict
from callplan.web.snapshot import Look
from callplan.web.wording import wording
from callplan.words.dates import city_of, clock_time, primary, span_in_words, zone_of

_PENDING = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})

_COOKIE_SECONDS = 400 * 24 * 3600  # as long as browsers keep one

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
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


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """How to get at the calendar from elsewhere. `local`: from this machine only."""

    feed: str
    caldav: str
    username: str
    password_file: str
    local: bool
    encrypted: bool

    @property
    def webcal(self) -> str:
        """The feed's address as calendar programs register for it."""
        return "webcal:" + self.feed.split(":", 1)[1]


@dataclass(frozen=True, slots=True)
class Line:
    """A step as the page shows it."""

    title: str
    when: str
    datetime: str
    there: str
    why: str
    warning: str | None
    late: bool
    tentative: bool
    phone: str | None

    @property
    def dialled(self) -> str:
        """The number as a link dials it: the extension after a pause, which telephones know, if not RFC 3966."""
        number, _, extension = (self.phone or "").partition(" ext. ")
        digits = "".join(character for character in number if character in "+0123456789")
        return f"tel:{digits},,{extension}" if extension else f"tel:{digits}"


@dataclass(frozen=True, slots=True)
class Row:
    """An application and its next step."""

    company: str
    position: str
    line: Line | None


def pages(
    look: Callable[[], Look], secret: SecretFile, subscriptions: Callable[[dict[str, Any]], Subscriptions]
) -> Flask:
    """The WSGI application. `subscriptions` tells the addresses as the request's sender would reach them."""
    application = Flask("callplan.web", static_folder=None)
    application.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}

    @application.before_request
    def demand_cookie() -> None:
        if request.endpoint == "enter":
            return
        expected = _cookie_value(secret)
        offered = request.cookies.get(_cookie_name(request.environ), "")
        if expected is None or not hmac.compare_digest(expected.encode(), offered.encode("utf-8", "replace")):
            abort(404)

    @application.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @application.errorhandler(404)
    @application.errorhandler(405)
    def not_found(_error: Exception) -> Response:
        return Response("Not found.\n", 404, mimetype="text/plain")

    @application.get("/s/<offered>/", strict_slashes=False, provide_automatic_options=False)
    def enter(offered: str) -> Response:
        verdict = secret.secret().judge(offered)
        if verdict is Verdict.REVOKED:
            return Response("This link has been taken back.\n", 410, mimetype="text/plain")
        value = _cookie_value(secret)
        if verdict is Verdict.UNKNOWN or value is None:
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

    @application.get("/", provide_automatic_options=False)
    def home() -> str:
        now = look()
        rows = sorted(_rows(now), key=lambda row: row.line.datetime if row.line else "~")
        return render_template(
            "home.html",
            language=primary(now.language),
            words=wording(primary(now.language)),
            next=next((row for row in rows if row.line is not None), None),
            rows=rows,
            faults=now.faults,
            subscriptions=subscriptions(request.environ),
        )

    @application.get("/style.css", provide_automatic_options=False)
    def style() -> Response:
        with application.open_resource("static/style.css") as file:
            return Response(file.read(), mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})

    return application


def _cookie_name(environ: dict[str, Any]) -> str:
    """Browsers share cookies between the ports of a host: two servers on one machine must not share theirs."""
    host = environ.get("HTTP_HOST", "")
    port = host.rpartition(":")[2]
    return f"callplan-{port}" if port.isdigit() else "callplan"


def _cookie_value(secret: SecretFile) -> str | None:
    """What the link leaves in the browser: made from the secret, not the secret; void when that is taken back."""
    current = secret.secret().current
    return hmac.new(current.encode(), b"cookie of the pages", hashlib.sha256).hexdigest() if current else None


def _rows(look: Look) -> list[Row]:
    ahead: dict[str, tuple[bool, datetime, Step]] = {}
    for step in look.steps:
        over = step.kind is StepKind.INTERVIEW and step.end is not None and step.end <= look.taken
        if step.status not in _PENDING or step.start is None or over:
            continue
        # The deadline of the thanks is no step of its own while the thanks are.
        candidate = (step.kind is StepKind.THANK_YOU_DEADLINE, step.start, step)
        ahead[step.application] = min(ahead.get(step.application, candidate), candidate, key=lambda one: one[:2])
    rows = []
    for application in look.applications:
        _, start, step_ahead = ahead.get(application.name, (False, look.taken, None))
        line = _line(step_ahead, start, application.company, look) if step_ahead else None
        rows.append(Row(application.company, application.position, line))
    return rows


def short_title(title: str, company: str) -> str:
    """An event's title without the job it ends with: the page names company and position above it."""
    short = title.partition(company)[0].rstrip(" :–—,(")
    return short or title


def _line(step: Step, begin: datetime, company: str, look: Look) -> Line:
    zone = zone_of(look.timezone)
    start, end = begin.astimezone(zone), (step.end or begin).astimezone(zone)
    theirs = begin.astimezone(zone_of(step.timezone))
    there = ""
    if step.phone and theirs.utcoffset() != start.utcoffset():
        there = f"{clock_time(theirs, look.language)} {city_of(step.timezone, look.language)}"
    return Line(
        title=short_title(look.titles.get(step.uid, step.kind.value), company),
        when=span_in_words(start, end, look.language),
        datetime=begin.astimezone(UTC).isoformat(),
        there=there,
        why=step.why,
        warning=step.warning,
        late=step.status is Status.LATE,
        tentative=step.status is Status.TENTATIVE,
        phone=step.phone,
    )
