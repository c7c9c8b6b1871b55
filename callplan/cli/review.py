"""`callplan review`: hand a draft to a friend, since fresh eyes see what yours have read ten times."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callplan.cli import when
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.terminal import Styled, say, say_notice, say_prose, say_text
from callplan.errors import UsageError

if TYPE_CHECKING:
    from callplan.book.types import Application
    from callplan.words.letters.keeping import Drafts, KeptDraft

_EXAMPLES = """\
callplan review nordlys
callplan review nordlys letter --friend "Ida Krog <ida@krog.example>" --out .
callplan review nordlys letter --done
"""


@declare("review", _EXAMPLES)
@application_argument()
@click.argument("kind", metavar="[KIND]", required=False)
@click.option("--to", metavar="PERSON", help="Only the draft to this person (part of a name).")
@click.option("--friend", metavar="ADDRESS", help='Who is to read it, like "Ida Krog <ida@krog.example>".')
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", help="Write an .eml there.")
@click.option("--done", is_flag=True, help="Somebody has read it over.")
@click.pass_obj
def command(
    frame: Frame, name: str, kind: str | None, to: str | None, friend: str | None, out: Path | None, done: bool
) -> None:
    """Ask somebody to read a draft over. They get the draft and nothing else of what is on file.

    It is printed, or with --out written as an e-mail that opens as a draft in your mail program. While it is out, a
    quarter of an hour to fetch it back stands in your calendar, before it is to be sent. --done marks the text as
    reviewed; edit it afterwards and it is a draft again.
    """
    from callplan.words.letters.keeping import Drafts, DraftState

    application = frame.find(name)
    store = Drafts(frame.places)
    meant = _meant(store, application, kind, to)
    if done:
        for draft in meant:
            store.mark(draft, DraftState.REVIEWED)
            say(f"{draft.path}  ", Styled("(reviewed)", dim=True))
        _log(frame, application, meant, "reviewed")
        return
    for draft in meant:
        if store.state(draft, application) is DraftState.DRAFT:
            say_notice(
                told("{file} has not been proofread yet: callplan proof {name}.").format(
                    file=draft.path, name=application.name
                )
            )
        _hand_over(frame, application, draft, friend, out)
    _tell_slots(frame, _log(frame, application, meant, "in-review", parseaddr(friend or "")[0] or friend or ""))


def _meant(store: Drafts, application: Application, kind: str | None, to: str | None) -> list[KeptDraft]:
    from callplan.cli.naming import person_meant
    from callplan.words.letters.keeping import DraftState

    whom = (person_meant(to, application),) if to else ()
    unsent = [
        one for one in store.of(application, kind, whom=whom) if store.state(one, application) is not DraftState.SENT
    ]
    if not unsent:
        raise UsageError(
            told("No draft for {company} lies in a file. callplan draft {name} --out . writes one.").format(
                company=application.company, name=application.name
            )
        )
    return unsent


def _hand_over(frame: Frame, application: Application, draft: KeptDraft, friend: str | None, out: Path | None) -> None:
    from callplan.words import private_file
    from callplan.words.proof.review import asking

    mail = asking(draft.text or "", friend, application.language)
    if out is None:
        say_text(f"{mail.subject}\n\n{mail.body}".rstrip())
        return
    from callplan.words.letters.mail import eml

    path = out / f"{draft.file.stem}-review.eml"
    if path.exists():
        raise UsageError(told("{file} is there already. Move it away, or choose another folder.").format(file=path))
    private_file.write(path, eml(mail, frame.settings.me))
    say(str(path))


def _log(
    frame: Frame, application: Application, drafts: list[KeptDraft], outcome: str, friend: str = ""
) -> Application:
    """Log that the drafts went to a friend (again only if to another one), or that those that were out are back."""
    from callplan.book.types import LogEntry
    from callplan.book.write import append_log
    from callplan.plan.history import round_of
    from callplan.plan.reviews import WRITTEN, out_now

    now = frame.now.astimezone(frame.zone).replace(microsecond=0)
    for draft in drafts:
        out = out_now(application, draft.round, frame.now).get((draft.kind, draft.person))
        known = out is not None and out.note == friend
        if draft.kind not in WRITTEN or (known if outcome == "in-review" else out is None):
            continue
        entry = LogEntry(now, draft.kind, outcome, (draft.person,) if draft.person else (), friend)
        if round_of(application, entry) != draft.round:
            entry = replace(entry, round=draft.round)
        application = append_log(frame.places.book / f"{application.name}.toml", entry, seen=application)
    return application


def _tell_slots(frame: Frame, application: Application) -> None:
    """When each text that is out comes back."""
    from callplan.cli.outlook import look_ahead
    from callplan.plan.reviews import reviews

    outlook = look_ahead(frame, frame.book(whole=False))
    for one in reviews(application, outlook.of(application), outlook.world.me, frame.now):
        friend = one.friend or told("a friend")
        at = when.span(one.start, None, frame.now.astimezone(frame.zone).date())
        say_prose(
            told("Back from {friend}: {time}. callplan sync keeps the time in your calendar.").format(
                friend=friend, time=at
            )
        )
