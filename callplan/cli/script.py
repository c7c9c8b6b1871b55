"""`callplan script`: what to say in the next call."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callplan.book.types import Application
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.outlook import CALLS, Outlook, look_ahead
from callplan.cli.spoken_to import language_notice
from callplan.cli.strengths import way_to_fill
from callplan.cli.terminal import WIDEST, say, say_json, say_notice, say_text, width
from callplan.errors import EtiquetteError, UsageError
from callplan.message import joined
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.upcoming import PENDING

if TYPE_CHECKING:
    from callplan.words.script import Script, Variant

_EXAMPLES = """\
callplan script nordlys
callplan script nordlys --second
callplan script nordlys --voicemail
callplan script nordlys --no-show
callplan script nordlys --format pdf --out call.pdf
"""

_FORMATS = ("text", "markdown", "html", "pdf")
_ENDINGS = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@declare("script", _EXAMPLES)
@application_argument()
@click.option("--second", is_flag=True, help="The second call's, even while the first has not been made.")
@click.option("--offer", is_flag=True, help="For calling back when they rang with an offer or an invitation.")
@click.option("--rejection", is_flag=True, help="For calling back when they rang to say no.")
@click.option("--no-show", "no_show", is_flag=True, help="They said they would ring, and did not.")
@click.option("--voicemail", is_flag=True, help="Only what to say after the beep.")
@click.option("--gatekeeper", is_flag=True, help="Only what to say when somebody else answers.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="As text, Markdown, a page, or one sheet to hold.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the script's sections, gaps and lengths.")
@click.pass_obj
def command(
    frame: Frame, name: str, second: bool, offer: bool, rejection: bool, no_show: bool, voicemail: bool,
    gatekeeper: bool, form: str | None, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Print the script of the next call: who, when on both clocks, what to say, and what to say if.

    It holds what you have written down and nothing else; what is missing is shown as a gap that says how to fill it.
    When they rang, the script is the one for calling back. Its lengths are in your own pace once you have practised.
    """
    from callplan.words.spoken import Variant

    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    asked = {
        Variant.SECOND_CALL: second, Variant.OFFER: offer, Variant.REJECTION: rejection, Variant.NO_SHOW: no_show
    }  # fmt: skip
    chosen = [variant for variant, wanted in asked.items() if wanted]
    if len(chosen) > 1 or (voicemail and gatekeeper):
        raise UsageError(
            told("One at a time: --second, --offer, --rejection or --no-show; --voicemail or --gatekeeper.")
        )
    script = script_for(frame, application, outlook, chosen[0] if chosen else None)
    for only, section in ((voicemail, "voicemail"), (gatekeeper, "gatekeeper")):
        if only:
            script = script.only(section)
    form = form or (_ENDINGS.get(out.suffix.lower()) if out else None) or "text"
    print_script(script, "json" if as_json else form, out, frame)
    way = way_to_fill(application, frame.now)
    if way and script.gaps and not as_json:
        say_notice(way)


def script_for(frame: Frame, application: Application, outlook: Outlook, variant: Variant | None) -> Script:
    """The script asked for; without a variant, that of the next call. Raises when there is nothing to call about."""
    from callplan.words.call_back import call_back_step, due_call_back
    from callplan.words.letter_language import gives_way, letter_language
    from callplan.words.practice import PracticeRecord
    from callplan.words.script import call_script
    from callplan.words.spoken import Variant

    steps = outlook.of(application)
    variant = variant or due_call_back(application, steps, outlook.world)
    if variant is None or variant is Variant.SECOND_CALL:
        step = _call_of(application, outlook, variant is Variant.SECOND_CALL)
    else:
        step = call_back_step(application, variant, steps, outlook.world)
    mine = frame.settings.me.language
    spoken = letter_language(application, mine)
    if gives_way(application, mine):
        say_notice(language_notice(application))
    rate = PracticeRecord(frame.places).rate(spoken)
    return call_script(application, step, frame.settings, frame.now, variant=variant, rate=rate)


def print_script(script: Script, form: str, out: Path | None = None, frame: Frame | None = None) -> None:
    """Print or write the script in a form: text, markdown, html, pdf or json."""
    from callplan.words.script import as_dict, as_text

    if form == "json":
        say_json(as_dict(script))
        return
    if form == "text" and out is None:
        say_text(as_text(script, min(width(), WIDEST)).rstrip())
        return
    content = _content(script, form, frame)
    if out is not None:
        _write(out, content)
    elif form == "pdf" and sys.stdout.isatty():
        raise UsageError(told("A PDF is nothing for the screen. Say where to: --out call.pdf"))
    elif form == "pdf":
        sys.stdout.buffer.write(content)
    else:
        say_text(content.decode().rstrip())


def _content(script: Script, form: str, frame: Frame | None) -> bytes:
    from callplan.words.pdf import unprintable
    from callplan.words.script import as_text
    from callplan.words.script_formats import as_html, as_markdown, as_pdf

    if form == "pdf":
        assert frame is not None  # noqa: S101 - only the call back of a draft comes without, and that is text
        content, one_page = as_pdf(script, frame.now)
        if not one_page:
            say_notice(told("It is longer than a page: your notes are. What is said in a call should fit on one."))
        missing = unprintable("".join(text for _, text in script.head) + script.heading)
        if missing:
            say_notice(
                told("The PDF has no {characters}: print --format html from a browser instead.").format(
                    characters=" ".join(missing[:20])
                )
            )
        return content
    if form == "html":
        return as_html(script).encode()
    return (as_markdown(script) if form == "markdown" else as_text(script)).encode()


def _write(path: Path, content: bytes) -> None:
    """A script can be made again at any time, so what is there is replaced, but only if it is such a file."""
    from callplan.words.private_file import write

    if path.exists() and path.suffix.lower() not in _ENDINGS:
        raise UsageError(
            told("{file} is there already. Give it an ending like .pdf, .html, .md or .txt, or another name.").format(
                file=path
            )
        )
    write(path, content)
    say(told("Written: {file}").format(file=path))


def _call_of(application: Application, outlook: Outlook, second: bool) -> Step:
    """The call the script is for: the next one ahead, one without a time if there is no other. Raises if none is."""
    kinds = {StepKind.SECOND_CALL} if second else CALLS
    calls = [step for step in outlook.of(application) if step.kind in kinds]
    for step in calls:
        if step.status in PENDING:
            return step
    for step in calls:
        if step.status is Status.UNPLACED:
            return step
    refused = next((step for step in calls if step.status is Status.REFUSED), None)
    if refused is not None:
        raise EtiquetteError(joined("", (f"{application.company}: ", refused.why)))
    planned = told("No second call is planned for {name}.") if second else told("No call is planned for {name}.")
    where = told("callplan show {name} says where it stands.")
    raise UsageError(f"{planned} {where}".format(name=application.name))
