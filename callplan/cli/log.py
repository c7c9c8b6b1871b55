"""`callplan log`: what happened, in a few words; the plan is made anew and the difference told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from callplan.book.types import INCOMING, OUTCOMES, Application, LogEntry
from callplan.cli import spoken, when
from callplan.cli.changes import tell_changes
from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument, person_meant
from callplan.cli.outlook import CALLS, Outlook, look_ahead, sentence
from callplan.cli.terminal import say, say_notice, say_prose
from callplan.errors import EtiquetteError, UsageError
from callplan.message import joined, message
from callplan.plan.cadence import make_plan
from callplan.plan.etiquette import check
from callplan.plan.history import TRIED, RoundHistory, histories, round_of, standing
from callplan.plan.misplaced import misplaced
from callplan.plan.step import Step, StepKind
from callplan.plan.upcoming import PENDING
from callplan.words.letters.ready import demand_ready

_EXAMPLES = """\
callplan log nordlys thank-you sent
callplan log nordlys thank-you sent --to Mette
callplan log nordlys no answer
callplan log nordlys reached --date 2026-12-04 --note "they decide on Friday"
callplan log nordlys call moved --time "2026-12-02 08:45"
callplan log nordlys offer --by email
callplan log nordlys out of office --until 2026-12-07
callplan log nordlys call undone
"""


def _complete_words(context: click.Context, _parameter: click.Parameter, begun: str) -> list[Any]:
    """Steps first, then the outcomes that fit the step."""
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(word)
        for word in spoken.words_after(tuple(context.params.get("words") or ()))
        if word.startswith(begun)
    ]


_CHANNELS = ("email", "phone", "letter", "message")


@declare("log", _EXAMPLES)
@application_argument()
@click.argument("words", metavar="[STEP] [OUTCOME]", nargs=-1, shell_complete=_complete_words)
@click.option("--to", multiple=True, metavar="PERSON", help="Whom it was to (part of a name is enough); repeatable.")
@click.option("--by", type=click.Choice(_CHANNELS), help="By which way they came: for an offer, a reply …")
@click.option("--note", default="", metavar="TEXT", help="What was said.")
@click.option("--date", "promised", metavar="DATE", help="A date they named: when they will decide.")
@click.option("--until", metavar="DATE", help="Until when they are away, or on hold.")
@click.option(
    "--time",
    "at_time",
    metavar="TIME",
    help="Where the step moves to, or when they asked to be called; in their time zone unless an offset is given.",
)
@click.option("--at", metavar="TIME", help="When it happened, in your time zone unless an offset is given. [now]")
@click.option("--round", "round_number", type=click.IntRange(1), help="Which interview it belongs to. [the latest]")
@click.option("--override", metavar="REASON", help="Do what the etiquette refuses; the reason is logged.")
@click.pass_obj
def command(
    frame: Frame,
    name: str,
    words: tuple[str, ...],
    to: tuple[str, ...],
    by: str | None,
    note: str,
    promised: str | None,
    until: str | None,
    at_time: str | None,
    at: str | None,
    round_number: int | None,
    override: str | None,
) -> None:
    """Say what happened, and see what that changes.

    \b
    STEP     interview notes thank-you letter follow-up rehearse call
             second-call answer rejection-reply reflect
    OUTCOME  sent done reached no-answer busy gatekeeper voicemail
             wrong-number asked-not-to-call bad-moment skipped moved undone
    THEY     reply new-date offer invitation rejection on-hold withdrawn
             out-of-office

    Either may be left out where the plan makes it clear: "no answer" is about the call that is due. Words may stand
    apart (no answer) or together (no-answer).
    """
    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    happened = _moment(at, frame.zone, frame.now) if at else frame.now.astimezone(frame.zone).replace(microsecond=0)
    if happened > frame.now:
        raise UsageError(told("--at {text} has not come yet. Log it when it has happened.").format(text=at))
    step, outcome, meant_round = _understood(words, application, outlook, round_number)
    entry = LogEntry(
        at=happened,
        step=step,
        outcome=outcome,
        to=tuple(person_meant(part, application) for part in to),
        note=note,
        by=by,
        until=when.read_date(until, happened.date()) if until else None,
        date=when.read_date(promised, happened.date()) if promised else None,
        time=_moment(at_time, _their_zone(application, frame.zone), happened) if at_time else None,
        round=round_number,
    )
    if round_number is None and meant_round is not None and round_of(application, entry) != meant_round:
        entry = replace(entry, round=meant_round)
    _demand_what_it_needs(entry, application, frame)
    _demand_a_sensible_time(entry, application, outlook, frame)
    entry = _with_the_number(entry, outlook.of(application))
    entry = _within_etiquette(entry, application, outlook, override)
    demand_ready(frame.places, application, entry)
    kept = _append(frame, application, entry)
    _tell(frame, outlook, kept, entry)


def _understood(
    words: tuple[str, ...], application: Application, outlook: Outlook, round_number: int | None
) -> tuple[str, str | None, int | None]:
    """The step, the outcome and the round that the plan gives it, if it was the plan that told the step."""
    step, outcome = spoken.parse(words)
    if outcome == "undone":
        return _taken_back(step, application, outlook, round_number)
    if step is not None:
        return step, outcome if outcome is not None else spoken.usual_outcome(step), None
    assert outcome is not None  # noqa: S101 - parse gives one or the other
    step, found = spoken.step_meant(outcome, list(outlook.of(application)), round_number, outlook.world.now)
    return step, outcome, found


def _taken_back(
    step: str | None, application: Application, outlook: Outlook, round_number: int | None
) -> tuple[str, str, int | None]:
    """The step and the round of the latest entry that stands still, of this step and round if they are said."""
    left = [entry for entries in standing(application, outlook.world.now) for entry in entries]
    for entry in reversed(application.log):
        number = round_of(application, entry)
        if entry in left and step in (None, entry.step) and round_number in (None, number):
            return entry.step, "undone", number
    if step is None:
        raise UsageError(told("Nothing is logged for {name} that could be undone.").format(name=application.name))
    return step, "undone", None


def _demand_what_it_needs(entry: LogEntry, application: Application, frame: Frame) -> None:
    """Refuse an entry that lacks the one thing it is about. Raises `UsageError`."""
    if entry.round is not None and entry.round > len(application.rounds):
        count = len(application.rounds)
        raise UsageError(
            told("{name} has no round {wanted}; its last one is {count}.").format(
                name=application.name, wanted=entry.round, count=count
            )
        )
    if entry.outcome == "undone" and not _stands(entry, application):
        raise UsageError(
            told('There is no "{step}" left in the log of {name} that could be undone.').format(
                step=told(entry.step), name=application.name
            )
        )
    if entry.outcome == "moved" and entry.time is None:
        raise UsageError(
            told('To when? Add --time, like --time "{time}".').format(
                time=told(when.TIME_FORMS).split(",", maxsplit=1)[0]
            )
        )
    if entry.step == "interview" and entry.outcome == "moved":
        raise UsageError(
            told("An interview is when they say it is: callplan edit {name} changes its start.").format(
                name=application.name
            )
        )
    if entry.time is not None and entry.time <= frame.now:
        raise UsageError(told("--time {time:%Y-%m-%d %H:%M} has passed already.").format(time=entry.time))
    if entry.step == "new-date" and entry.date is None and entry.outcome is None:
        raise UsageError(told("What is the new date? Add --date, like --date 2026-12-04."))
    for option, day in (("--until", entry.until), ("--date", entry.date)):
        if day is not None and day < entry.at.date():
            raise UsageError(
                told("{option} {day} has passed already.").format(option=option, day=when.day(day, entry.at.date()))
            )
    if entry.outcome == "out-of-office" and entry.until is None and entry.date is None:
        raise UsageError(told("Until when are they away? Add --until, like --until 2026-12-07."))
    if entry.outcome is not None and entry.outcome not in OUTCOMES:
        raise UsageError(told('"{outcome}" is no outcome.').format(outcome=entry.outcome))


def _demand_a_sensible_time(entry: LogEntry, application: Application, outlook: Outlook, frame: Frame) -> None:
    """Refuse to move a step to where the plan cannot follow. Raises `UsageError`."""
    number = entry.round or round_of(application, entry)
    kind = next((kind for kind in StepKind if kind == entry.step), None)
    if entry.outcome != "moved" or entry.time is None or kind is None or number > len(application.rounds):
        return
    history = histories(application, frame.now, outlook.world.rules.tries)[number - 1]
    ahead = (one for one in outlook.of(application) if one.kind in CALLS and one.round == number)
    call = next((one.start for one in ahead if one.status in PENDING), None)
    why = misplaced(kind, entry.time, history, call, frame.zone)
    if why is not None:
        raise UsageError(told("{step} cannot be moved there. {reason}").format(step=told(entry.step), reason=told(why)))


def _stands(undone: LogEntry, application: Application) -> bool:
    """Whether there is an entry of the step that this one would take back."""
    entries = standing(application, undone.at)
    number = round_of(application, undone)
    return number <= len(entries) and any(entry.step == undone.step for entry in entries[number - 1])


def _with_the_number(entry: LogEntry, steps: tuple[Step, ...]) -> LogEntry:
    """A wrong number is named in its entry, so that the right one is called once it is in the record."""
    if entry.outcome != "wrong-number" or sum(character.isdigit() for character in entry.note) >= 6:
        return entry
    phone = next((step.phone for step in steps if step.kind in CALLS and step.phone), None)
    return replace(entry, note=" ".join(filter(None, (entry.note, phone))))


def _within_etiquette(entry: LogEntry, application: Application, outlook: Outlook, override: str | None) -> LogEntry:
    """The entry, with the reason for going against the etiquette where it does. Raises `EtiquetteError`."""
    if override is not None and not override.strip():
        raise UsageError(told("--override needs a reason; it is logged."))
    number = entry.round or round_of(application, entry)
    try:
        check(application, outlook.world, entry.step, entry.outcome, number, entry.to, outlook.of(application))
    except EtiquetteError as refusal:
        if override is None:
            reason = message('If you have a good reason: --override "reason".')
            raise EtiquetteError(joined("\n", (refusal.message, reason))) from None
        say_notice(told("Against the advice: {refusal}").format(refusal=told(refusal.message)))
        return replace(entry, override=override.strip())
    if override is not None:
        say_notice(told("Nothing stood in the way, so no --override is logged."))
    return entry


def _append(frame: Frame, application: Application, entry: LogEntry) -> Application:
    from callplan.book.write import append_log

    return append_log(frame.places.book / f"{application.name}.toml", entry, seen=application)


def _tell(frame: Frame, outlook: Outlook, new: Application, entry: LogEntry) -> None:
    """Print what was logged, what it changed and what is next."""
    whom = told(" to {names}").format(names=", ".join(entry.to)) if entry.to and entry.step not in INCOMING else ""
    stamp = when.span(entry.at.astimezone(frame.zone), None, frame.now.astimezone(frame.zone).date())
    what = " ".join(told(word) for word in (entry.step, entry.outcome) if word)
    say(told("Logged in {name}.toml: {what}{whom}, {when}.").format(name=new.name, what=what, whom=whom, when=stamp))
    others = tuple(one for one in outlook.book.applications if one.name != new.name)
    book = replace(outlook.book, applications=(*others, new))
    after = Outlook(book, outlook.world, tuple(make_plan(book.applications, outlook.world)))
    _tell_what_it_means(entry, new, after)
    _tell_of_a_try_before_its_time(entry, new, outlook, after, frame)
    tell_changes(frame, outlook, after, new)


def _tell_what_it_means(entry: LogEntry, new: Application, after: Outlook) -> None:
    """What the entry means for the plan where that is easily missed."""
    world = after.world
    if entry.outcome == "undone":
        return
    number = round_of(new, entry)
    past = histories(new, world.now, world.rules.tries)[number - 1] if number <= len(new.rounds) else None
    if entry.step == "rejection":
        say_prose(told("That is a disappointment, and no verdict on you. Be kind to yourself today."))
    elif entry.step == "invitation":
        say_prose(
            told("When you know the day, add the new round: callplan round {name} --start …").format(name=new.name)
        )
    elif entry.step in ("reply", "on-hold") and entry.outcome is None and past is not None and past.hushed:
        say_prose(
            told(
                "They named no date, so nothing is planned until you know one: callplan log {name} new-date --date …"
            ).format(name=new.name)
        )
    elif entry.outcome == "voicemail" and past is not None and past.calls and past.calls[-1] == entry:
        before = _tries_before(past, entry)
        if before + 1 < world.rules.tries:
            say_prose(
                told(
                    "A message was left, so this counts as the call ({count} of {tries} tries). Next time hang up "
                    "before the beep while there are tries left."
                ).format(count=before + 1, tries=world.rules.tries)
            )


def _tell_of_a_try_before_its_time(
    entry: LogEntry, new: Application, before: Outlook, after: Outlook, frame: Frame
) -> None:
    """Say what a try does that was made while no call was due: the plan may not show it at all."""
    number = round_of(new, entry)
    if entry.outcome not in TRIED or number > len(new.rounds):
        return
    planned, ahead = (
        next((s for s in look.of(new) if s.round == number and s.kind in CALLS and s.status in PENDING), None)
        for look in (before, after)
    )
    world = after.world
    tries = histories(new, world.now, world.rules.tries)[number - 1].tries
    if planned is None or ahead is None or not tries or not _later_than_soon(planned, frame.now):
        return
    text = told("No call was due yet, so this counts as try {count} of {tries} of the one that is planned: {step}.")
    step = sentence(ahead, frame.zone, frame.now)
    say_prose(text.format(count=len(tries), tries=world.rules.tries, step=step))


def _later_than_soon(step: Step, now: datetime) -> bool:
    return step.start is not None and step.start > now + spoken.SOON


def _tries_before(past: RoundHistory, entry: LogEntry) -> int:
    """How many tries without success led up to the call that the entry made."""
    count = 0
    for one in past.entries:
        if one == entry:
            break
        if one.step in ("call", "second-call"):
            count = count + 1 if one.outcome in TRIED else 0
    return count


def _their_zone(application: Application, mine: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(application.timezone) if application.timezone else mine


def _moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment that `text` means; without an offset it is read in `zone`. Raises `UsageError`."""
    today: date = now.astimezone(zone).date()
    found, end = when.read_time(text, today, or_today=True)
    if end is not None:
        raise UsageError(told('"{text}" is a span; a single time is wanted here.').format(text=text))
    return when.in_zone(found, zone)
