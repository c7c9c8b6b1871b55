"""`callplan add`: an interview into the book, by flags or by at most five questions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from callplan.book.firms import begins_like, firm_words
from callplan.book.folder import read_book
from callplan.book.local_time import later
from callplan.book.nearest import folded
from callplan.book.types import ASSUMED_LENGTH, CHANNELS, KINDS, Application, Person, Round
from callplan.book.write import create_application
from callplan.cli import when
from callplan.cli.answers import Answers, ask, check_phone, check_zone
from callplan.cli.frame import Frame, declare
from callplan.cli.interview import Interview, interview, typed_times
from callplan.cli.language import told
from callplan.cli.outlook import look_ahead, sentence
from callplan.cli.spoken_to import language_line
from callplan.cli.terminal import say, say_notice, say_prose
from callplan.cli.unfinished import Unfinished
from callplan.errors import UsageError
from callplan.plan.step import StepKind
from callplan.plan.upcoming import PENDING

_EXAMPLES = """\
callplan add
callplan add --company "Nordlys Energi" --position "Data Engineer" \\
    --start "2026-11-16 10:00-11:15" --person "Mette Holm" \\
    --phone "+45 32 12 34 56" --email mette.holm@nordlys.example
callplan add --company Leith --position Analyst --start "16 Nov 2026 14:00" \\
    --timezone Europe/London --decision-within "2 weeks"
callplan add --invitation interview.ics
callplan add --card mette.vcf --position Analyst --start "16 Nov 2026 10:00"
"""


@declare("add", _EXAMPLES)
@click.option("--company", metavar="TEXT", help="Where the job is.")
@click.option("--position", metavar="TEXT", help="What the job is.")
@click.option("--start", metavar="TIME", help=f"When the interview begins: {when.TIME_FORMS}.")
@click.option("--end", metavar="TIME", help="When it ends: 11:15. [an hour later, assumed]")
@click.option("--timezone", metavar="ZONE", help="Theirs, like Europe/Copenhagen. [from phone or country]")
@click.option("--place", metavar="TEXT", help="Where the interview is.")
@click.option("--link", metavar="URL", help="Where it is, on video.")
@click.option("--person", multiple=True, metavar="NAME", help="Who interviews you; repeatable.")
@click.option("--role", multiple=True, metavar="TEXT", help="Of the first --person; the second of the second.")
@click.option("--email", multiple=True, metavar="ADDRESS", help="The same.")
@click.option("--phone", multiple=True, metavar="NUMBER", help="The same.")
@click.option("--decision-by", metavar="DATE", help="When they will have decided.")
@click.option("--decision-within", metavar="PERIOD", help='How long they need: "2 weeks", "10 days".')
@click.option("--contact", metavar="NAME", help="Who will tell you.")
@click.option("--channel", type=click.Choice(CHANNELS), help="By which way they will tell you.")
@click.option("--country", metavar="CODE", help="Of the workplace: DK, US … [from phone]")
@click.option("--subdivision", metavar="CODE", help="Its state, for holidays: BY, NY …")
@click.option("--language", metavar="CODE", help="Of letters and scripts: en, da …")
@click.option("--invited-by", type=click.Choice(CHANNELS), help="How they wrote to you.")
@click.option("--kind", type=click.Choice(KINDS), help="What sort of firm.")
@click.option("--why", multiple=True, metavar="TEXT", help="Why you want this job; repeatable.")
@click.option(
    "--invitation", metavar="FILE", help="Take an invitation (.ics): a file, - for a pipe, or a folder of them."
)
@click.option("--card", metavar="FILE", help="Take who is there from a business card (.vcf).")
@click.option("--into", metavar="NAME", help="With --invitation: the application it belongs to.")
@click.option("--new", "as_new", is_flag=True, help="With --invitation: a new application, even if the firm is known.")
@click.option("--again", is_flag=True, help="A new application, though there is one for the same job.")
@click.option("--dry-run", is_flag=True, help="With --invitation or --card: show what would be taken, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: for programs.")
@click.pass_obj
def command(
    frame: Frame,
    /,
    why: tuple[str, ...],
    invitation: str | None,
    card: str | None,
    into: str | None,
    as_new: bool,
    dry_run: bool,
    as_json: bool,
    again: bool,
    **options: str | tuple[str, ...] | None,
) -> None:
    """Put an interview into the book: say it in flags, or answer at most five questions.

    Clock times are theirs: in --timezone, else in the zone of their telephone number or country. What you do not
    know yet can wait; callplan show NAME says what is missing.
    """
    answers = Answers.of(options)
    taken = None
    if not (invitation or card) and (dry_run or as_json or into or as_new):
        raise UsageError(told("--dry-run, --json, --into and --new go with --invitation or --card."))
    if invitation and card:
        raise UsageError(
            told("Either --invitation or --card. A card for a known application: callplan person NAME --card FILE")
        )
    if invitation:
        from callplan.cli.invited import take_invitations

        take_invitations(
            frame, invitation, answers, why=why, into=into, as_new=as_new, dry_run=dry_run, as_json=as_json
        )
        return
    if card:
        from callplan.cli.captured import from_card

        taken, answers = from_card(card, answers, frame.settings.me, dry_run, as_json)
        if dry_run:
            return
    missing = answers.missing()
    if missing and not sys.stdin.isatty():
        raise UsageError(told("{options} must be given; there is nobody to ask.").format(options=", ".join(missing)))

    def begun(told_so_far: Answers) -> None:
        _refuse_twin(frame, told_so_far, again)

    today = frame.now.astimezone(frame.zone).date()
    unfinished = Unfinished(frame.places, today)
    if missing:
        answers = _asked(unfinished.offered(answers), today, begun, unfinished)
    else:
        begun(answers)
    check_zone(answers.timezone)
    for number in filter(None, answers.phone):
        check_phone(number, answers.country)
    try:
        found = interview(answers, frame)
    except UsageError:
        if missing:  # what cannot be taken is asked again
            unfinished.keep(replace(answers, start=None))
        raise
    if taken is not None:
        from callplan.cli.captured import completed

        found = replace(found, people=completed(found.people, taken))
    path = create_application(
        frame.places.book,
        company=found.company,
        position=found.position,
        timezone=found.timezone,
        language=answers.language,
        country=found.country,
        subdivision=answers.subdivision,
        invited_by=answers.invited_by,
        kind=answers.kind,
        why=why,
        people=found.people,
        rounds=(found.round,),
    )
    unfinished.forget_if_written(answers)
    say(told("Written: {file}").format(file=path))
    _tell(frame, path.stem, found)


def _asked(answers: Answers, today: date, begun: Callable[[Answers], None], unfinished: Unfinished) -> Answers:
    """With the answers to the questions; what is broken off is kept, and that is told."""
    try:
        return ask(answers, today, begun, unfinished.keep)
    except (click.Abort, KeyboardInterrupt):
        if unfinished:
            click.echo(err=True)
            say_notice(told("What you typed is kept: callplan add goes on with it."))
        raise


def _refuse_twin(frame: Frame, answers: Answers, again: bool) -> None:
    """Refuse a second application for the same job: its calls would be made twice. Raises `UsageError`.

    ``Nordlys`` is taken for ``Nordlys Energi A/S``: for the same position, or where both interviews are at one time.
    """
    if again:
        return
    job = (folded(answers.company or ""), folded(answers.position or ""))
    start, end = typed_times(answers, frame.now.astimezone(frame.zone).date())
    if zone := check_zone(answers.timezone):
        start = when.in_zone(start, ZoneInfo(zone))
    for twin in read_book(frame.places.book).applications:
        is_same_time = any(_overlaps(one, start, end) for one in twin.rounds)
        same_words = firm_words(twin.company)[:1] == firm_words(job[0])[:1]
        is_same_job = begins_like(twin.company, job[0]) and folded(twin.position) == job[1]
        if is_same_job or (is_same_time and same_words):
            break
    else:
        return
    if is_same_time:
        text = told("{file} has this interview already. If it is another one all the same: --again")
    else:
        text = told(
            "{file} is for the same job. Another interview for it is a round: callplan round {name} --start … "
            "If it is another job all the same: --again"
        )
    raise UsageError(text.format(file=f"{twin.name}.toml", name=twin.name))


def _overlaps(one: Round, start: datetime, end: datetime | None) -> bool:
    """Whether the interview that was typed takes place while `one` does, on whose clock it is when it says no other."""
    clock = start.tzinfo or one.start.tzinfo
    begins = start.replace(tzinfo=clock)
    ends = end.replace(tzinfo=end.tzinfo or clock) if end else later(begins, ASSUMED_LENGTH)
    return begins < one.end and one.start < ends


def _tell(frame: Frame, name: str, found: Interview) -> None:
    """Say how the answers were understood, what is not known, and what happens next."""
    for text in found.notices:
        say_notice(text)
    today = frame.now.astimezone(frame.zone).date()
    one = found.round
    there = when.span(one.start, one.end, today)
    here = when.span(one.start.astimezone(frame.zone), one.end.astimezone(frame.zone), today)
    place = told(" in {place}").format(place=when.place_name(found.timezone)) if found.timezone else ""
    mine = "" if here == there else told(" ({span} for you)").format(span=here)
    end = told(", end assumed.") if one.end_assumed else "."
    say_prose(told("Interview: {span}").format(span=f"{there}{place}{mine}{end}"))
    for number, person in enumerate(found.people):  # one a line: it is seen how many were understood
        label = told("With: ")
        say_prose(_introduced(person), indent=" " * len(label) if number else label, hanging=" " * (len(label) + 2))
    book = read_book(frame.places.book)
    frame.faults = book.faults
    outlook = look_ahead(frame, book)
    application = next((one for one in book.applications if one.name == name), None)
    if application is None:
        return
    _mention_twins(application, book.applications)
    if line := language_line(application, frame.settings.me.language):
        say_prose(line)
    steps = [step for step in outlook.of(application) if step.status in PENDING and step.start is not None]
    say(told("What happens next:"))
    for step in steps:
        if step.kind not in (StepKind.THANK_YOU_DEADLINE, StepKind.REHEARSE):
            say_prose(f"{sentence(step, frame.zone, frame.now)}", indent="  ", hanging="    ")
    say_prose(
        told("callplan sync puts it into your calendar; callplan show {name} says what is missing.").format(name=name)
    )


def _introduced(person: Person) -> str:
    known = ", ".join(filter(None, (person.role, person.email, person.phone)))
    return f"{person.name} ({known})" if known else person.name


def _mention_twins(application: Application, others: tuple[Application, ...]) -> None:
    twins = [
        one.name for one in others if one.name != application.name and begins_like(one.company, application.company)
    ]
    if twins:
        there_too = told(
            "{files} is at {company} too. A second round of the same job belongs there: callplan edit {name}"
        )
        files = told(" and ").join(f"{twin}.toml" for twin in twins)
        say_notice(there_too.format(files=files, company=application.company, name=twins[0]))
