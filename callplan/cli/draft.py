"""`callplan draft`: the e-mail or the letter, whole, from the record; printed or written to files. Never sent."""

from __future__ import annotations

import sys
import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callplan.book.types import CHANNELS, Application
from callplan.cli import when
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.naming import application_argument
from callplan.cli.outlook import Outlook, look_ahead
from callplan.cli.spoken_to import language_notice
from callplan.cli.strengths import way_to_fill
from callplan.cli.terminal import WIDEST, Styled, say, say_json, say_notice, say_text, width
from callplan.errors import EtiquetteError, UsageError

if TYPE_CHECKING:
    from callplan.words.letters.compose import Draft
    from callplan.words.letters.keeping import Drafts
    from callplan.words.letters.matter import Occasion

_EXAMPLES = """\
callplan draft nordlys thank-you
callplan draft nordlys thank-you --to Mette --quick
callplan draft nordlys letter --out .
callplan draft nordlys follow-up --out . --receipt
callplan draft nordlys answer --yes
callplan draft nordlys answer --until 2026-12-04
"""

_KINDS = ("thank-you", "letter", "follow-up", "answer", "rejection-reply", "ask-timeline", "withdraw")
_OTHER_WORDS = {
    "thankyou": "thank-you", "thanks": "thank-you", "followup": "follow-up", "rejection": "rejection-reply",
    "withdrawal": "withdraw", "timeline": "ask-timeline", "offer": "answer", "invitation": "answer",
    "tak": "thank-you", "takkemail": "thank-you", "brev": "letter", "opfølgning": "follow-up", "svar": "answer",
    "tilbud": "answer", "indbydelse": "answer", "afslag": "rejection-reply", "svar-på-afslag": "rejection-reply",
}  # fmt: skip


class _Kind(click.Choice[str]):
    """One of the kinds, or another word for it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind meant."""
        word = str(value).strip().lower().replace("_", "-").replace(" ", "-")
        return str(super().convert(_OTHER_WORDS.get(word, word), param, ctx))


@declare("draft", _EXAMPLES)
@application_argument()
@click.argument("kind", metavar="[KIND]", type=_Kind(_KINDS), required=False)
@click.option("--to", multiple=True, metavar="PERSON", help="Only to this person (part of a name); repeatable.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Write files there.")
@click.option("--mailto", "as_mailto", is_flag=True, help="Print an address that opens in your mail program.")
@click.option("--quick", is_flag=True, help="Three lines, for the phone.")
@click.option("--by-hand/--typed", "by_hand", default=None, help="The letter's form. [what suits them]")
@click.option("--by", "channel", type=click.Choice(CHANNELS), help="By which way. [the way they used]")
@click.option("--receipt", is_flag=True, help="Ask for a read receipt (in the .eml).")
@click.option("--yes", "accepted", is_flag=True, help="Accept the offer.")
@click.option("--until", metavar="DATE", help="By when you will answer the offer.")
@click.option("--round", "round_number", type=click.IntRange(1), help="Which interview. [what the plan waits for]")
@click.option("--json", "as_json", is_flag=True, help="For programs: the texts with gaps, notices and files.")
@click.pass_obj
def command(
    frame: Frame, name: str, kind: str | None, to: tuple[str, ...], out: Path | None, as_mailto: bool, quick: bool,
    by_hand: bool | None, channel: str | None, receipt: bool, accepted: bool, until: str | None,
    round_number: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a draft from what is on file: one to each person, each different.

    \b
    KIND  thank-you letter follow-up answer rejection-reply
          ask-timeline withdraw      [what the plan asks for next]

    Nothing is sent, and nothing is made up: what is missing is shown as a gap that says how to fill it. With --out, the
    text file is yours to edit: draft it again and the e-mail or PDF is made from your text.
    """
    from callplan.words.letter_language import gives_way
    from callplan.words.letters.alike import overlap_notices
    from callplan.words.letters.compose import compose
    from callplan.words.letters.keeping import Drafts
    from callplan.words.letters.matter import DraftKind
    from callplan.words.letters.occasions import Wishes, next_kind, occasions

    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    steps = outlook.of(application)
    meant = DraftKind(kind) if kind else next_kind(steps)
    if meant is None:
        raise UsageError(
            told("Nothing is to be written to {company} now. Name it: {kinds}.").format(
                company=application.company, kinds=", ".join(_KINDS)
            )
        )
    if receipt and out is None:
        raise UsageError(told("A read receipt is asked for in the .eml: add --out FOLDER."))
    if accepted and until:
        raise UsageError(told("--yes is the answer and --until says when it comes; one of them."))
    today = frame.now.astimezone(frame.zone).date()
    answer_by = when.read_date(until, today) if until else None
    wishes = Wishes(to, round_number, channel, by_hand, quick, accepted, answer_by)
    found = occasions(application, meant, steps, wishes, frame.now, frame.settings.rules.tries)
    _mind_manners(application, outlook, meant.value, found)
    if found[0].channel == "phone":
        _print_call_back(frame, application, outlook, found[0], as_json)
        return
    drafts = [compose(one, frame.settings, frame.now) for one in found]
    if gives_way(application, frame.settings.me.language):
        say_notice(language_notice(application))
    store = Drafts(frame.places)
    notices = _notices(drafts, overlap_notices(drafts), receipt, frame)
    if drafts[0].is_letter:
        notices.append(_hand_or_not(application, outlook, drafts[0]))
    if out is not None:
        _write(frame, store, out, application, drafts, receipt, as_json, notices)
    elif as_json:
        say_json([_as_dict(draft, notices=notices) for draft in drafts])
        return
    elif as_mailto:
        _print_mailto(store, application, drafts)
    else:
        _print(store, application, drafts)
    if not as_json:
        _say_gaps(drafts, way_to_fill(application, frame.now))
        for notice in notices:
            say_notice(notice)


def _mind_manners(application: Application, outlook: Outlook, kind: str, found: list[Occasion]) -> None:
    """Refuse to draft what may not be sent: a second follow-up, or a question that is one in disguise (3.5.a)."""
    from callplan.plan.etiquette import check

    if kind not in ("follow-up", "ask-timeline"):
        return
    names = [one.person.name for one in found if one.person]
    try:
        check(application, outlook.world, "follow-up", "sent", found[0].round_number, names, outlook.of(application))
    except EtiquetteError as refusal:
        raise EtiquetteError(told("Not drafted. {refusal}").format(refusal=told(refusal.message))) from None


def _notices(drafts: list[Draft], alike: list[str], receipt: bool, frame: Frame) -> list[str]:
    """What the user should know, each once."""
    from callplan.words.phrases import phrases

    texts = phrases(drafts[0].language).letters
    told = [notice for draft in drafts for notice in draft.notices] + alike
    if receipt:
        known = frame.settings.me.email
        told.append(texts["receipt"] if known else texts["receipt_address"].format(config=frame.places.config.name))
    return list(dict.fromkeys(told))


def _hand_or_not(application: Application, outlook: Outlook, draft: Draft) -> str:
    from callplan.plan.business_days import business_days_after
    from callplan.words.letters.hand import hand_advice

    workdays = outlook.world.workdays_of(application.country, application.subdivision)
    today = outlook.world.now.date()
    arrival = business_days_after(today, 3, workdays)
    decision: date | None = application.rounds[draft.round_number - 1].decision.by
    soon = decision if decision and decision >= today - timedelta(days=1) else None
    return hand_advice(application, draft.language, arrival, soon).sentence


def _print_call_back(
    frame: Frame, application: Application, outlook: Outlook, occasion: Occasion, as_json: bool
) -> None:
    from callplan.cli.script import print_script, script_for
    from callplan.words.spoken import Variant

    variant = Variant.REJECTION if occasion.kind.value == "rejection-reply" else Variant.OFFER
    say_notice(told("They rang, so ring back: this is what to say. To write all the same: --by email."))
    print_script(script_for(frame, application, outlook, variant), "json" if as_json else "text")


def _print(store: Drafts, application: Application, drafts: list[Draft]) -> None:
    from callplan.words.letters.mail import mail_text
    from callplan.words.letters.paper import by_hand_text
    from callplan.words.letters.writing import kept_text

    for number, draft in enumerate(drafts):
        if number:
            say()
        if len(drafts) > 1:
            say(Styled(f"── {draft.person} ──", bold=True))
            say()
        mine = kept_text(store, application, draft)
        if mine is not None:
            say_notice(told("This is the text as you edited it: {file}").format(file=mine[1]))
        text = mine[0] if mine else by_hand_text(draft) if draft.by_hand else mail_text(draft)
        say_text(_filled(text).rstrip())


def _filled(text: str) -> str:
    """Paragraphs filled to the window on a terminal; one line each elsewhere, as mail programs like them."""
    if not sys.stdout.isatty():
        return text
    room = min(width(), WIDEST)
    lines = [
        textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""] for line in text.split("\n")
    ]
    return "\n".join(line for filled in lines for line in filled)


def _print_mailto(store: Drafts, application: Application, drafts: list[Draft]) -> None:
    from callplan.words.letters.mail import mail_text, mailto, read_mail
    from callplan.words.letters.writing import kept_text

    if drafts[0].channel != "email":
        raise UsageError(told("--mailto is for e-mails; a letter goes into files: --out FOLDER."))
    for draft in drafts:
        mine = kept_text(store, application, draft)
        say(mailto(read_mail(mine[0] if mine else mail_text(draft))))


def _write(
    frame: Frame, store: Drafts, folder: Path, application: Application, drafts: list[Draft], receipt: bool,
    as_json: bool, notices: list[str],
) -> None:  # fmt: skip
    from callplan.words.letters.writing import write_drafts

    written = write_drafts(store, folder, application, drafts, frame.settings, frame.now, receipt)
    if as_json:
        say_json(
            [
                {
                    **_as_dict(one.draft, one.text, notices),
                    "state": store.state(one.kept_draft, application).value,
                    "files": [str(path) for path in one.files],
                    "kept": [str(path) for path in one.kept],
                }
                for one in written
            ]
        )
        return
    for one in written:
        state = store.state(one.kept_draft, application).value
        for path in one.files:
            say(f"{path}  ", Styled(f"({told(state)})", dim=True))
        for path in one.kept:
            say_notice(told("{file} is your own work and was left as it is.").format(file=path))
        if one.pages_many:
            say_notice(told("The letter to {person} is longer than a page.").format(person=one.draft.person))
        if one.unprintable:
            say_notice(
                told("The PDF has no {characters}: print the HTML file from a browser instead.").format(
                    characters=" ".join(one.unprintable[:20])
                )
            )


def _say_gaps(drafts: list[Draft], way: str | None) -> None:
    gaps = list(dict.fromkeys(gap for draft in drafts for gap in draft.gaps))
    if gaps:
        say_notice(
            counted(
                "A gap is left; fill in what is missing before you send it:",
                "{count} gaps are left; fill in what is missing before you send it:",
                len(gaps),
            )
        )
        for gap in (*gaps, *([way] if way else ())):
            say_notice(gap)


def _as_dict(draft: Draft, text: str | None = None, notices: list[str] | None = None) -> dict[str, Any]:
    from callplan.words.letters.mail import mail_text

    return {
        "application": draft.application,
        "round": draft.round_number,
        "kind": draft.kind.value,
        "to": draft.person,
        "email": draft.email if "@" in draft.email and not draft.email.startswith("[") else None,
        "channel": draft.channel,
        "by_hand": draft.by_hand,
        "language": draft.language,
        "subject": draft.subject,
        "text": text if text is not None else mail_text(draft),
        "words": draft.words,
        "gaps": list(draft.gaps),
        "notices": notices or [],
    }
