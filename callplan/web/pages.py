"""The pages: home, the page of a call, and what comes after a button. The door in front of them is `door`'s."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from flask import Flask, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from callplan.book.types import Application
from callplan.errors import CallplanError, EtiquetteError
from callplan.plan.step import Step
from callplan.plan.upcoming import PENDING, next_step
from callplan.sync.world import notes
from callplan.web.background import BackgroundSync
from callplan.web.call import call_page
from callplan.web.door import add_door, form_token
from callplan.web.guesses import Guesses
from callplan.web.happened import CALLS, MeanwhileError, Pressed, log_step, take_back
from callplan.web.jotter import LONGEST, Jotter, Jotting
from callplan.web.lines import first, line_of, outdated, rows
from callplan.web.secret import SecretFile
from callplan.web.snapshot import LastLook, Look
from callplan.web.sources import foreseen
from callplan.web.subscribe import Subscriptions
from callplan.web.wording import wording
from callplan.where import Places
from callplan.words.dates import primary
from callplan.words.said import said

_Value = TypeVar("_Value")

_STATIC = {"style.css": "text/css", "call.js": "text/javascript", "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages stand on."""

    last: LastLook
    secret: SecretFile
    subscriptions: Callable[[dict[str, Any]], Subscriptions]
    places: Places
    jotter: Jotter
    background: BackgroundSync
    guesses: Guesses


def pages(site: Site) -> Flask:
    """The WSGI application."""
    application = Flask("callplan.web", static_folder=None)
    application.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    add_door(application, site.secret, site.guesses, lambda: _render(site, site.last.look(), "missing.html", 404))
    _add_home(application, site)
    _add_call(application, site)
    _add_log(application, site)

    @application.get("/<any('style.css', 'call.js', 'icon.svg'):name>", provide_automatic_options=False)
    def static_file(name: str) -> Response:
        with application.open_resource(f"static/{name}") as file:
            return Response(file.read(), mimetype=_STATIC[name], headers={"Cache-Control": "private, max-age=300"})

    return application


def _render(site: Site, look: Look, template: str, status: int = 200, **values: Any) -> AnyResponse:
    language = primary(look.language)
    page = render_template(
        template, language=language, words=wording(language), token=form_token(site.secret), **values
    )
    return make_response(page, status)


def _add_home(application: Flask, site: Site) -> None:
    @application.get("/", provide_automatic_options=False)
    def home() -> AnyResponse:
        look = site.last.look()
        words = wording(primary(look.language))
        shown = rows(look, words)
        return _render(
            site,
            look,
            "home.html",
            next=first(look, shown, words),
            rows=shown,
            faults=[said(fault, look.language) for fault in look.faults],
            outdated=outdated(look),
            missing=look.missing,
            notes=[said(note, look.language) for note in notes(look.world)],
            subscriptions=site.subscriptions(request.environ).with_calendar(look.settings.calendar),
        )

    @application.get("/sync", provide_automatic_options=False)
    def progress() -> Response:
        state = site.background.progress.state
        return jsonify(state=state, text=wording(primary(site.last.look().language))[f"sync.{state}"])


def _add_call(application: Flask, site: Site) -> None:
    @application.get("/call/<uuid:uid>", provide_automatic_options=False)
    def call(uid: Any) -> AnyResponse:
        look = site.last.look()
        step = look.step(str(uid))
        if step is None or step.kind not in CALLS:
            abort(404)
        if step.status not in PENDING or step.start is None:
            return redirect(url_for("after", name=step.application), 303)
        return _show_call(site, look, step)

    @application.post("/call/<uuid:uid>/notes", provide_automatic_options=False)
    def jot(uid: Any) -> AnyResponse:
        step = site.last.look().step(str(uid))
        if step is None or step.kind not in CALLS:
            abort(404)
        _keep(site, step)
        if request.headers.get("X-Callplan") == "typing":
            return make_response("", 204)
        return redirect(url_for("call", uid=uid) + "#notes", 303)


def _add_log(application: Flask, site: Site) -> None:
    @application.post("/log/<uuid:uid>", provide_automatic_options=False)
    def log(uid: Any) -> AnyResponse:
        look = site.last.look()
        step = look.step(str(uid))
        if step is None:
            abort(404)
        if step.kind in CALLS:
            _keep(site, step)
        now = site.last.now()
        try:
            changed = log_step(look, step, _pressed(), site.places, now)
        except MeanwhileError:
            return redirect(url_for("after", name=step.application, meanwhile=1), 303)
        except CallplanError as refusal:
            return _refuse(site, look, step, refusal)
        site.jotter.forget(step.uid)
        _settle(site, look, changed, now)
        count = len(changed.log) - int(request.form["seen"])
        return redirect(url_for("after", name=step.application, logged=count), 303)

    @application.get("/after/<name>", provide_automatic_options=False)
    def after(name: str) -> AnyResponse:
        look = site.last.look()
        known = look.application(name)
        if known is None:
            abort(404)
        count = request.args.get("logged", 0, int)
        words = wording(primary(look.language))
        steps = [one for one in look.steps if one.application == name]
        logged = [one for one in known.log[-count:] if one.outcome != "undone"] if 0 < count <= 2 else []
        ahead = [next_step(steps, look.taken)]
        if any(entry.step in CALLS for entry in logged):  # the new date of the call, whatever else is waiting
            ahead.insert(0, next_step([one for one in steps if one.kind in CALLS], look.taken))
        return _render(
            site,
            look,
            "after.html",
            application=known,
            logged=logged,
            count=count,
            undone="undone" in request.args,
            meanwhile="meanwhile" in request.args,
            lines=[line_of(step, known.company, look, words) for step in dict.fromkeys(ahead) if step],
            seen=len(known.log),
            sync=site.background.progress.state,
        )

    @application.post("/undo/<name>", provide_automatic_options=False)
    def undo(name: str) -> AnyResponse:
        look = site.last.look()
        if look.application(name) is None:
            abort(404)
        now = site.last.now()
        try:
            changed, notes = take_back(name, _number("count"), _number("seen"), site.places.book, now)
        except MeanwhileError:
            return redirect(url_for("after", name=name, meanwhile=1), 303)
        except CallplanError as refusal:
            return _refuse(site, look, None, refusal)
        _settle(site, look, changed, now)
        look = site.last.look()
        step = next_step([one for one in look.steps if one.application == name], look.taken)
        if notes and step is not None and step.kind in CALLS:
            with contextlib.suppress(OSError):
                site.jotter.keep(step.uid, Jotting(notes))
        return redirect(url_for("after", name=name, undone=1), 303)


def _show_call(site: Site, look: Look, step: Step) -> AnyResponse:
    words = wording(primary(look.language))
    try:
        page = call_page(look, step, site.jotter.read(step.uid), site.last.now(), words)
    except CallplanError as fault:
        return _refuse(site, look, None, fault)
    return _render(site, look, "call.html", page=page, saved=outdated(look).get(step.application))


def _refuse(site: Site, look: Look, step: Step | None, refusal: CallplanError) -> AnyResponse:
    """What could not be done, kindly, and the way back; the notes are kept."""
    return _render(
        site,
        look,
        "refused.html",
        409,
        kind="refused" if isinstance(refusal, EtiquetteError) else "sorry",
        text=said(refusal.message, look.language),
        back=url_for("call", uid=step.uid) if step is not None and step.kind in CALLS else url_for("home"),
    )


def _settle(site: Site, look: Look, changed: Application, now: datetime) -> None:
    """The new plan at once, the calendar in the background."""
    site.last.foresee(foreseen(look, changed, now))
    site.background.ask()


def _keep(site: Site, step: Step) -> None:
    text = request.form.get("notes", "")
    if len(text) > LONGEST:
        abort(413)
    site.jotter.keep(step.uid, Jotting(text.replace("\r\n", "\n"), frozenset(request.form.getlist("tick"))))


def _pressed() -> Pressed:
    form = request.form
    return Pressed(
        outcome=form.get("outcome", ""),
        seen=_number("seen"),
        note=form.get("notes", ""),
        promised=_read(date.fromisoformat, form.get("promised", "")),
        again=_read(_local_time, form.get("again", "")),
    )


def _number(field: str) -> int:
    text = request.form.get(field, "")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        abort(400)
    return int(text)


def _local_time(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("a time of the form has no offset")
    return moment


def _read(reader: Callable[[str], _Value], text: str) -> _Value | None:
    if not text:
        return None
    try:
        return reader(text)
    except ValueError:
        abort(400)
