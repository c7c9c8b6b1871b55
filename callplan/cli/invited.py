"""`callplan add --invitation`: a new application, one more round of a known one, an update or a cancellation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from callplan.book import compose
from callplan.book.capture.taken import Taken, TakenRound, report
from callplan.book.capture.who import domain_label, letters, matches_domain
from callplan.book.folder import Book, read_book
from callplan.book.local_time import later
from callplan.book.nearest import folded
from callplan.book.types import Application, LogEntry, Person, Round
from callplan.book.write import append_log, append_value, create_application, set_value, set_values
from callplan.cli import when
from callplan.cli.answers import Answers, check_zone
from callplan.cli.captured import answered, as_answers, as_person, completed, may_ask, settled, tell
from callplan.cli.frame import Frame
from callplan.cli.interview import interview
from callplan.cli.language import told
from callplan.cli.sources import Source, read_sources
from callplan.cli.terminal import say, say_error, say_json, say_notice
from callplan.errors import CallplanError, PartlyDoneError, RecordError, UsageError


def take_invitations(
    frame: Frame, given: str, typed: Answers, *, why: tuple[str, ...] = (), into: str | None = None,
    as_new: bool = False, dry_run: bool = False, as_json: bool = False,
) -> None:  # fmt: skip
    """Take the invitation, or each of a folder's. Raises `UsageError`, `RecordError`, `PartlyDoneError`.

    `into` names the application it belongs to; `as_new` makes one in any case.
    """
    one = _Taking(frame, given, typed, why, into, as_new)
    sources = read_sources(given, "invitation")
    if not Path(given).is_dir() or given == "-":
        taken = one.read(sources[0])
        if dry_run:
            say_json(report(taken)) if as_json else tell(taken)
        else:
            one.take(taken)
        return
    readings, faults = _readings(one, sources)
    if dry_run and as_json:
        say_json([{"file": name, **report(taken)} for name, taken in readings] + faults)
        _end(faults, len(readings))
        return
    for name, taken in readings:
        say(f"{name}:")
        try:
            tell(taken) if dry_run else one.take(taken)
        except CallplanError as error:
            faults.append({"file": name, "error": str(error)})
    for fault in faults:
        say_error(f"{fault['file']}: {fault['error']}")
    _end(faults, len(readings) + sum("told" not in fault for fault in faults))


def _readings(one: _Taking, sources: list[Source]) -> tuple[list[tuple[str, Taken]], list[dict[str, Any]]]:
    """The invitations of a folder, older versions before newer ones, and those that cannot be read."""
    readings, faults = [], []
    for source in sources:
        try:
            readings.append((source.name, one.read(source, alone=False)))
        except RecordError as error:
            faults.append({"file": source.name, "error": str(error)})
    readings.sort(key=lambda item: (item[1].cancelled, item[1].rounds[0].sequence if item[1].rounds else 0))
    return readings, faults


def _end(faults: list[dict[str, Any]], good: int) -> None:
    if faults and good:
        raise PartlyDoneError(told("{count} of the files could not be taken.").format(count=len(faults)))
    if faults:
        raise RecordError(told("None of the files could be taken."))


class _Taking:
    """One run of the command: where it writes and what was typed."""

    def __init__(
        self, frame: Frame, given: str, typed: Answers, why: tuple[str, ...], into: str | None, as_new: bool
    ) -> None:
        self.frame = frame
        self.typed = typed
        self.why = why
        self.into = into
        self.as_new = as_new
        self.asks = may_ask(given)
        self.book = read_book(frame.places.book)

    def read(self, source: Source, alone: bool = True) -> Taken:
        """What the file gives, as far as flags and the book answer its questions.

        Raises `RecordError`: nothing can be taken; a cancellation, when `alone`, of an interview that is not known.
        """
        me = self.frame.settings.me
        taken = answered(source.take("invitation", name=me.name, email=me.email), self.typed)
        if taken.cancelled and alone and _known(self.book, taken) is None:
            raise RecordError(
                told(
                    "{name} cannot be taken: the interview it is about was cancelled, and is in no application."
                ).format(name=source.name)
            )
        home = self._home(taken)
        if home is None:
            return taken
        left = tuple(one for one in taken.questions if one.about not in ("company", "position"))
        return replace(taken, company=home.company, position=home.position, questions=left)

    def take(self, taken: Taken) -> None:
        """Write it."""
        self.book = read_book(self.frame.places.book)
        self.frame.faults = self.book.faults
        known = _known(self.book, taken)
        if taken.cancelled:
            if known is None:
                raise RecordError(told("the interview it is about was cancelled, and is in no application."))
            self._call_off(known[0], known[1])
            return
        if known is not None and _is_old(known[0].rounds[known[1]], taken.rounds[0]):
            say_notice(
                told("{name}: this is an older version of the invitation. Nothing was changed.").format(
                    name=known[0].name
                )
            )
            return
        home = self._home(taken)
        taken, typed = settled(taken, self.typed, self.asks)
        for number, one in enumerate(taken.rounds):
            before = _known(read_book(self.frame.places.book), replace(taken, rounds=(one,)))
            if before is not None:
                home = self._update(*before, one, taken, typed)
                continue
            found = interview(as_answers(taken, one, typed), self.frame)
            people = completed(found.people, taken)
            this = replace(found.round, invitation=one.uids, sequence=one.sequence if one.uids else None)
            if home is None:
                path = create_application(
                    self.frame.places.book,
                    company=found.company,
                    position=found.position,
                    timezone=found.timezone,
                    language=typed.language or taken.language,
                    country=found.country,
                    subdivision=typed.subdivision,
                    invited_by=typed.invited_by or "email",
                    kind=typed.kind,
                    why=self.why,
                    people=people,
                    rounds=(this,),
                )
                say(told("Written: {file}").format(file=path))
                if number + 1 < len(taken.rounds):
                    home = next(a for a in read_book(self.frame.places.book).applications if a.name == path.stem)
                for text in found.notices:
                    say_notice(text)
                self._tell(path.stem, this)
            else:
                home = self._open_round(home, people, this)

    def _home(self, taken: Taken) -> Application | None:
        """The application that the invitation belongs to. Raises `UsageError` when several may be meant."""
        if self.as_new:
            return None
        if self.into:
            return self.frame.find(self.into)
        known = _known(self.book, taken)
        if known is not None:
            return known[0]
        same = [one for one in self.book.applications if _is_same_firm(one, taken)]
        fitting = [one for one in same if not taken.position or _is_same_job(one.position, taken.position)]
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            names = ", ".join(one.name for one in fitting)
            raise UsageError(
                told("The invitation may belong to any of {names}. Say which: --into NAME, or --new.").format(
                    names=names
                )
            )
        return None

    def _open_round(self, home: Application, people: tuple[Person, ...], this: Round) -> Application:
        """A further round of a known application, or the UID for the round that the user had typed in before."""
        path = self.frame.places.book / f"{home.name}.toml"
        application, names = self._with_people(path, home, people)
        this = replace(this, panel=tuple(names[name] for name in this.panel if name in names))
        twin = next((n for n, one in enumerate(application.rounds) if one.start == this.start), None)
        if twin is not None:
            application = self._fill_in(path, application, twin, this)
            say(told("{name}: the interview was known; what the invitation adds is written.").format(name=home.name))
        else:
            if application.timezone:
                zone = ZoneInfo(application.timezone)
                this = replace(this, start=this.start.astimezone(zone), end=this.end.astimezone(zone))
            values = compose.plain(compose.round_values(this, application.timezone))
            application = append_value(path, ("rounds",), values, seen=application)
            say(
                told("Round {number} of {company}, {position}: {file}").format(
                    number=len(application.rounds), company=home.company, position=home.position, file=path
                )
            )
        self._tell(home.name, this)
        return application

    def _fill_in(self, path: Path, application: Application, number: int, this: Round) -> Application:
        before = application.rounds[number]
        values: dict[str, Any] = {"place": before.place or this.place, "link": before.link or this.link}
        values["panel"] = list(dict.fromkeys((*before.panel, *this.panel)))
        if before.end_assumed and not this.end_assumed:
            values["end"] = compose.local(this.end, application.timezone)
        values["invitation"] = this.invitation[0] if len(this.invitation) == 1 else list(this.invitation)
        values["sequence"] = this.sequence
        return self._set(path, application, number, values)

    def _set(self, path: Path, application: Application, number: int, values: dict[str, Any]) -> Application:
        """Give keys of a round other values, in one write; those that stay as they are keep their bytes."""
        old = compose.plain(compose.round_values(application.rounds[number], application.timezone))
        changes: dict[tuple[str | int, ...], Any] = {
            ("rounds", number, key): value or None for key, value in values.items() if key != "sequence"
        }
        if values.get("sequence") is not None:
            changes["rounds", number, "sequence"] = values["sequence"]
        changes = {where: value for where, value in changes.items() if old.get(str(where[-1])) != value}
        return set_values(path, changes, seen=application) if changes else application

    def _with_people(
        self, path: Path, application: Application, people: tuple[Person, ...]
    ) -> tuple[Application, dict[str, str]]:
        """The application with those who were not in it, and how each is called in it."""
        names: dict[str, str] = {}
        for person in people:
            known = next((one for one in application.people if _is_same_person(one, person)), None)
            if known is None:
                application = append_value(path, ("people",), compose.person_values(person), seen=application)
                say(told("{name} is new at {company}.").format(name=person.name, company=application.company))
            names[person.name] = known.name if known else person.name
        return application, names

    def _update(
        self, application: Application, number: int, one: TakenRound, taken: Taken, typed: Answers
    ) -> Application:
        """The round as a later version of its invitation has it. An older version changes nothing."""
        before = application.rounds[number]
        if _is_old(before, one):
            return application
        if len(before.invitation) > len(one.uids):
            raise UsageError(
                told(
                    "{name}: the invitation moves one of {count} parts of that day. Change it by hand: callplan edit "
                    "{name}"
                ).format(name=application.name, count=len(before.invitation))
            )
        start, end = _moments(one, taken, typed, application, self.frame)
        path = self.frame.places.book / f"{application.name}.toml"
        added = tuple(as_person(person) for person in taken.people)
        changed, names = self._with_people(path, application, added)
        if end is None and not before.end_assumed:
            end = later(start, before.end.astimezone(UTC) - before.start.astimezone(UTC))
        where = (one.place, one.link) if one.place or one.link else (before.place, before.link)
        values = {
            "start": compose.local(start, changed.timezone),
            "end": compose.local(end, changed.timezone) if end else None,
            "place": where[0],
            "link": where[1],
            "panel": list(dict.fromkeys((*before.panel, *names.values()))),
            "sequence": one.sequence,
        }
        changed = self._set(path, changed, number, values)
        if changed == application:
            say(told("{name}: nothing new in the invitation.").format(name=application.name))
            return changed
        if changed.rounds[number].start != before.start:
            old = when.span(before.start, before.end, self._today())
            say(told("{name}: the interview has moved (it was {old}).").format(name=application.name, old=old))
        else:
            say(told("{name}: updated.").format(name=application.name))
        self._tell(application.name, changed.rounds[number])
        return changed

    def _call_off(self, application: Application, number: int) -> None:
        """Take a cancelled interview out, and say so in the log. One that has notes, or is over, stays."""
        one, path = application.rounds[number], self.frame.places.book / f"{application.name}.toml"
        entries = [entry for entry in application.log if entry.round == number + 1]
        if one.notes.topics or one.notes.valued or one.notes.questions or entries or one.end <= self.frame.now:
            raise UsageError(
                told("{name}: round {number} was cancelled, but is over or has notes. Nothing was written.").format(
                    name=application.name, number=number + 1
                )
            )
        later_ones = [entry for entry in application.log if (entry.round or 0) > number + 1]
        if later_ones:
            raise UsageError(
                told("{name}: the log names later rounds. Take round {number} out by hand.").format(
                    name=application.name, number=number + 1
                )
            )
        changed = set_value(path, ("rounds", number), None, seen=application)
        when_it_was = when.span(one.start, one.end, self._today())
        note = told("They cancelled the interview of {start:%Y-%m-%d %H:%M}.").format(start=one.start)
        append_log(
            path, LogEntry(self.frame.now.astimezone(self.frame.zone), "on-hold", note=note, by="email"), seen=changed
        )
        say(
            told("{name}: the interview ({time}) was cancelled and is taken out.").format(
                name=application.name, time=when_it_was
            )
        )

    def _tell(self, name: str, one: Round) -> None:
        here = one.start.astimezone(self.frame.zone), one.end.astimezone(self.frame.zone)
        there = when.span(one.start, one.end, self._today())
        mine = when.span(*here, self._today())
        say(
            told("Interview: {span}").format(span=there)
            + ("" if mine == there else told(" ({span} for you)").format(span=mine))
            + (told(", end assumed.") if one.end_assumed else ".")
        )
        say(
            told("callplan show {name} says what is missing; callplan sync brings it into your calendar.").format(
                name=name
            )
        )

    def _today(self) -> Any:
        return self.frame.now.astimezone(self.frame.zone).date()


def _known(book: Book, taken: Taken) -> tuple[Application, int] | None:
    """The application and the round that came by this invitation."""
    uids = {uid for one in taken.rounds for uid in one.uids}
    for application in book.applications:
        for number, one in enumerate(application.rounds):
            if uids & set(one.invitation):
                return application, number
    return None


def _is_old(before: Round, one: TakenRound) -> bool:
    return before.sequence is not None and one.sequence < before.sequence


def _is_same_firm(application: Application, taken: Taken) -> bool:
    if taken.company and letters(taken.company) and letters(taken.company) == letters(application.company):
        return True
    ours = {label for person in application.people if (label := domain_label(person.email or ""))}
    theirs = {label for person in taken.people if (label := domain_label(person.email or ""))}
    shared = ours & theirs
    if not shared or not taken.company or taken.asks("company"):
        return bool(shared)
    # An agency's people invite for many firms: their mail is of neither.
    names = (application.company, taken.company)
    return any(matches_domain(name, f"{label}.example") for name in names for label in shared)


def _is_same_job(one: str, other: str) -> bool:
    first, second = letters(one), letters(other)
    return first in second or second in first or folded(one) == folded(other)


def _is_same_person(one: Person, other: Person) -> bool:
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return True
    return folded(one.name) == folded(other.name)


def _moments(
    one: TakenRound, taken: Taken, typed: Answers, application: Application, frame: Frame
) -> tuple[datetime, datetime | None]:
    """Start and end of an update, on the clock of the application where it has one."""
    name = typed.timezone or taken.timezone or application.timezone
    zone = ZoneInfo(check_zone(name) or name) if name else frame.zone
    today = frame.now.astimezone(zone).date()
    start, end = when.read_time(typed.start or one.start, today)
    if end is None and one.end and not typed.start:
        end, _ = when.read_time(one.end, today)
    home = ZoneInfo(application.timezone) if application.timezone else zone
    begins = when.in_zone(start, zone).astimezone(home)
    ends = when.in_zone(end, zone).astimezone(home) if end else None
    if ends is not None and ends.astimezone(UTC) <= begins.astimezone(UTC):
        raise UsageError(told("The update ends before it begins. Nothing was changed."))
    return begins, ends
