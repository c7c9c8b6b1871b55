"""The user's hand on events comes home into the log of the record, each thing exactly once.

Nothing is taken from the moment it is seen: what is remembered of an event (`memory`) is held against the log, and what
the log does not have yet is written there. So a run may be killed between the log and the state, a second machine may
see the same edit, a file may be faulty for a week: the next run finds what is missing, and no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from callplan.book.types import Application, LogEntry
from callplan.errors import EtiquetteError, RecordError
from callplan.message import message
from callplan.plan.calls import CALLS
from callplan.plan.etiquette import check
from callplan.plan.history import TRIED, RoundHistory, histories, round_of
from callplan.plan.misplaced import misplaced
from callplan.plan.step import Status, Step, StepKind, step_uid
from callplan.plan.world import World
from callplan.sync.content import parse_when
from callplan.sync.first_words import outcome_in
from callplan.sync.memory import Known, Memory
from callplan.sync.operations import Cancelled, Deleted, Edit, Noted, PutBack
from callplan.sync.put_back import TAKEN_OUT, undoing
from callplan.sync.said import Said, at_home, hear, is_news, lines_of, shortened
from callplan.sync.step_names import StepName, step_names
from callplan.words.clean import shorten

#: Their time is the record's own: moving or deleting the event says nothing that a log could hold.
GIVEN = (StepKind.INTERVIEW, StepKind.THANK_YOU_DEADLINE)

#: When an event was last changed of which nothing is remembered.
_NOTHING = Known("").modified

#: How much of a note a message repeats.
_LINE = 80

_OPEN = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})

#: Puts an entry into the record and gives the application as it then is. Raises `RecordError`.
Write = Callable[[Application, LogEntry], Application]


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What came home: the book as it now is, what is remembered instead (entries that changed), what to tell."""

    applications: tuple[Application, ...]
    memory: Memory = field(default_factory=dict)
    logged: tuple[tuple[str, LogEntry], ...] = ()
    messages: tuple[str, ...] = ()
    waiting: frozenset[str] = frozenset()  # UIDs of events that were put back, of which the log could not be told


def waiting(memory: Memory) -> list[Known]:
    """The entries that may hold something the log does not have."""
    return [
        known
        for uid, known in sorted(memory.items())
        if known.dismissed or _moved_to(known) or is_news(known.own_notes, known.home)
    ]


def come_home(
    memory: Memory,
    applications: Sequence[Application],
    steps: Iterable[Step],
    world: World,
    write: Write,
    *,
    edits: Sequence[Edit] = (),
    touched: Mapping[str, datetime] | None = None,
    zone: str = "UTC",
    language: str = "en",
) -> Homecoming:
    """Write into the log what the user did in their calendar and the log does not have.

    `steps` is the plan as it was before; `touched` when a client last wrote an event, where it says so; `zone` the
    user's, `language` that of notes in the log which are callplan's own. Nothing is raised: what etiquette or the file
    refuses is told, and kept for the next time.
    """
    found, back = waiting(memory), [edit.uid for edit in edits if isinstance(edit, PutBack)]
    if not (found or back):
        return Homecoming(tuple(applications))
    desk = _Desk(applications, steps, world, write, memory, touched or {}, ZoneInfo(zone), language)
    names = step_names(applications)
    refused = frozenset(uid for uid in back if uid in names and not desk.put_back(uid, names[uid]))
    for known in sorted(found, key=lambda one: _comes_last(names.get(one.uid))):  # thanks and calls have the first word
        name = names.get(known.uid)
        if name is not None:
            desk.take(known, name)
    desk.tell_of_given(edits, names)
    desk.tell_of_unknown(edits, names, memory)
    kept = tuple(desk.applications.values())
    return Homecoming(kept, desk.memory, tuple(desk.logged), tuple(desk.messages), refused)


class _Desk:
    """The book while things come home to it."""

    def __init__(
        self,
        applications: Sequence[Application],
        steps: Iterable[Step],
        world: World,
        write: Write,
        memory: Memory,
        touched: Mapping[str, datetime],
        zone: ZoneInfo,
        language: str,
    ) -> None:
        self.applications = {one.name: one for one in applications}
        self.memory: dict[str, Known] = {}
        self.logged: list[tuple[str, LogEntry]] = []
        self.messages: list[str] = []
        self._steps = {step.uid: step for step in steps}
        self._world, self._write, self._touched, self._zone = world, write, touched, zone
        self._memory = memory
        self._taken_out = TAKEN_OUT.get(language, TAKEN_OUT["en"])

    def put_back(self, uid: str, name: StepName) -> bool:
        """Take back that the step was skipped, where its event is wanted then. False when the file refuses it."""
        from callplan.plan.returns import wanted  # noqa: PLC0415 - few things are put back

        application = self.applications[name.application]
        entries = undoing(application, name, self._world.now.astimezone(self._zone).replace(microsecond=0))
        then = replace(application, log=(*application.log, *entries))
        if uid in wanted(application, self._world) or uid not in wanted(then, self._world):
            return True
        return all(self._log(name, entry) for entry in entries)

    def take(self, known: Known, name: StepName) -> None:
        """Everything that is remembered of one event."""
        step = self._steps.get(known.uid)
        is_open = step is not None and step.status in _OPEN
        outcome, fresh = self._notes(known, name)
        if name.review:  # where it stands, and whether it is wanted, is for the calendar alone to know
            if fresh != known:
                self.memory[known.uid] = fresh
            return
        can_log = name.kind not in GIVEN and self._in_turn(name)
        if fresh.dismissed and (can_log or name.kind is StepKind.THANK_YOU_DEADLINE):
            if is_open and outcome is None:
                at = self._moment(known, None)
                gone = self._log(name, LogEntry(at, name.kind.value, "skipped", _to(name), self._taken_out))
            else:
                gone = step is not None  # done or skipped already
            if gone:
                fresh = replace(fresh, dismissed=False)
        elif is_open and (start := _moved_to(known)) and outcome in (None, *TRIED):
            if (why := self._misplaced(name, start)) is not None and self._waits_for_the_interview(name, start):
                pass  # it stays where it is until the record is put right, and is logged then
            elif why is not None:
                fresh = replace(fresh, kept={field: kept for field, kept in fresh.kept.items() if field != "when"})
                self._tell_of_misplaced(name, why)
            elif can_log:
                self._move(known, name, start)
        if fresh != known:
            self.memory[known.uid] = fresh

    def tell_of_given(self, edits: Sequence[Edit], names: Mapping[str, StepName]) -> None:
        """An interview is theirs to cancel: say so when the user deleted its event."""
        for edit in edits:
            name = names.get(edit.uid)
            if name is None or name.kind is not StepKind.INTERVIEW or not isinstance(edit, Deleted | Cancelled):
                continue
            past = self._past(name)
            told = message("The interview stays in the record ({name}).", name=name.application)
            over = self.applications[name.application].rounds[name.round - 1].end <= self._world.now
            if past.settled is None and not over:
                told += message(" If it is off, log it: callplan log {name} withdrawn", name=name.application)
            self.messages.append(told)

    def tell_of_unknown(self, edits: Sequence[Edit], names: Mapping[str, StepName], memory: Memory) -> None:
        """Words in the event of a step that the record no longer has (a name was corrected): the event goes now."""
        for edit in edits:
            if isinstance(edit, Noted) and edit.uid not in names and edit.notes:
                name = memory[edit.uid].application if edit.uid in memory else ""
                self.messages.append(
                    message(
                        "{name}: this was written into the event of a step that is no longer in the record, so it is "
                        'not logged: "{text}"',
                        name=name,
                        text=" / ".join(lines_of(edit.notes)),
                    )
                )

    # -- notes -----------------------------------------------------------------------------------------

    def _notes(self, known: Known, name: StepName) -> tuple[str | None, Known]:
        """The last outcome that is new in the notes (None: none), and what is remembered now."""
        application, kind = self.applications[name.application], _logged_as(name.kind)
        entries = [
            entry
            for entry in application.log
            if entry.step == kind and round_of(application, entry) == name.round and entry.to in ((), _to(name))
        ]
        at = self._moment(known, name)
        heard = hear(
            known.own_notes,
            known.home,
            entries,
            lambda text: _outcome_in(text, name),
            # Of an event of which nothing is remembered everything may be in the log already.
            (lambda entry: entry.at == at or entry.at > known.modified) if known.modified > _NOTHING else None,
        )
        home, outcome = replace(known, home=at_home(known.own_notes)), heard.outcome
        for said in heard.unlogged:
            refusal = self._refusal(name, said.outcome) if said.outcome is not None else None
            if said.outcome is not None and refusal is None:
                entry = LogEntry(at, kind.value, said.outcome, _to(name), said.remark)
                # The mark that what is logged from here on is new, even where the plan leaves the event as it was.
                now = self._world.now.astimezone(UTC).replace(microsecond=0)
                home = replace(home, modified=max(known.modified, now))
            else:
                outcome = outcome if said.outcome is None else None
                if refusal is not None and name.kind is StepKind.THANK_YOU_DEADLINE and not said.remark:
                    continue  # the event of the thanks has said it already
                entry = LogEntry(self._moment(known, None), kind.value, "noted", _to(name), shortened(said.text))
                self._tell_of_remark(known, name, said, refusal)
            if not self._log(name, entry):
                return None, known  # what is logged by now is found there by the next sync
        return outcome, home

    def _refusal(self, name: StepName, outcome: str) -> str | None:
        application, kind = self.applications[name.application], _logged_as(name.kind)
        steps = tuple(self._steps.values())
        try:
            check(application, self._world, kind.value, outcome, name.round, _to(name), steps)
        except EtiquetteError as refusal:
            return refusal.message
        return None

    def _tell_of_remark(self, known: Known, name: StepName, said: Said, refusal: str | None) -> None:
        """Words that were, or may have been, meant as an outcome, and are only noted."""
        text = shorten(said.text.splitlines()[0], _LINE)
        if said.outcome is not None and refusal is not None:
            self.messages.append(
                message(
                    '"{text}" in your calendar was not logged as {outcome}, only noted. {refusal} If it '
                    'happened all the same: callplan log {name} {step} {outcome} --override "reason"',
                    text=text,
                    outcome=said.outcome,
                    refusal=refusal,
                    name=name.application,
                    step=_logged_as(name.kind).value,
                )
            )
        elif name.kind in CALLS and known.start is not None and known.start <= self._world.now:
            self.messages.append(
                message(
                    '"{text}" is noted as a remark, and not counted as a call. If you tried, begin a line of the notes '
                    'with "no answer", "voicemail" or "reached".',
                    text=text,
                )
            )

    # -- times -----------------------------------------------------------------------------------------

    def _move(self, known: Known, name: StepName, start: datetime) -> None:
        """Log where the user moved the step to, unless that has passed: then it is for the plan to say what is next."""
        if start <= self._world.now:
            return
        application = self.applications[name.application]
        if self._past(name).moved(name.kind, name.whom if name.kind is StepKind.LETTER else None) == start:
            return
        theirs = ZoneInfo(application.timezone) if application.timezone else self._zone
        entry = LogEntry(self._moment(known, None), name.kind.value, "moved", _to(name), time=start.astimezone(theirs))
        self._log(name, entry)

    def _misplaced(self, name: StepName, start: datetime) -> str | None:
        """Why the plan cannot follow the user there."""
        application = self.applications[name.application]
        rehearsed = step_uid(application.id, name.round, StepKind(name.whom)) if name.whom in CALLS else ""
        begins = step.start if (step := self._steps.get(rehearsed)) else None
        past = self._past(name)
        if rehearsed and (chosen := past.moved(StepKind(name.whom))) and chosen > self._world.now:
            begins = chosen  # in this very run, perhaps: the plan does not know it yet
        return misplaced(name.kind, start, past, begins, self._zone)

    def _waits_for_the_interview(self, name: StepName, start: datetime) -> bool:
        """Whether the step was dragged along with its interview, of which the record says another time still."""
        application = self.applications[name.application]
        interview = self._memory.get(step_uid(application.id, name.round, StepKind.INTERVIEW))
        when = interview.kept.get("when") if interview else None
        return when is not None and parse_when(when.theirs)[0] <= start

    def _tell_of_misplaced(self, name: StepName, why: str) -> None:
        self.messages.append(
            message(
                "{name}: {step} is back where the plan has it. {reason}",
                name=name.application,
                step=message(name.kind.value),
                reason=why,
            )
        )

    def _moment(self, known: Known, name: StepName | None) -> datetime:
        """When it happened: when the client wrote it; for an attempt (`name`) else the event's start, if that is over.

        The same for every machine that sees the same event, wherever that can be had.
        """
        now = self._world.now
        at = self._touched.get(known.uid)
        if at is None or not known.modified < at <= now:
            start = known.start
            at = start if name is not None and start is not None and known.modified < start <= now else now
        return at.astimezone(self._zone).replace(microsecond=0)

    def _in_turn(self, name: StepName) -> bool:
        """Whether an entry would be about this step: what is logged of a rehearsal is about that of the next call."""
        return name.kind is not StepKind.REHEARSE or name.whom == CALLS[bool(self._past(name).calls)].value

    def _past(self, name: StepName) -> RoundHistory:
        application = self.applications[name.application]
        return histories(application, self._world.now, self._world.rules.tries)[name.round - 1]

    def _log(self, name: StepName, entry: LogEntry) -> bool:
        application = self.applications[name.application]
        if round_of(application, entry) != name.round:
            entry = replace(entry, round=name.round)
        try:
            self.applications[name.application] = self._write(application, entry)
        except RecordError as error:
            self.messages.append(
                message(
                    "{reason} So {step} {outcome} is not logged yet; the next sync tries again.",
                    reason=error.message,
                    step=message(entry.step),
                    outcome=message(entry.outcome or "done"),
                )
            )
            return False
        self.logged.append((name.application, entry))
        return True


def _comes_last(name: StepName | None) -> bool:
    """Whether what is to be said of the step depends on what is said of another."""
    last = (StepKind.THANK_YOU_DEADLINE, StepKind.REHEARSE)
    return name is not None and name.kind in last and not name.review


def _moved_to(known: Known) -> datetime | None:
    """Where the user moved the event, as long as the plan puts it elsewhere."""
    kept = known.kept.get("when")
    if kept is None:
        return None
    start = parse_when(kept.theirs)[0]
    return start if not kept.ours or parse_when(kept.ours)[0] != start else None


def _logged_as(kind: StepKind) -> StepKind:
    """The deadline of the thanks is kept by the thanks."""
    return StepKind.THANK_YOU if kind is StepKind.THANK_YOU_DEADLINE else kind


def _to(name: StepName) -> tuple[str, ...]:
    return (name.whom,) if name.whom and (name.review or name.kind is StepKind.LETTER) else ()


def _outcome_in(text: str, name: StepName) -> tuple[str | None, str]:
    """What the first words say. In the slot of a review "done" is said of the review, and "sent" of nothing."""
    outcome, remark = outcome_in(text, name.kind)
    if not name.review:
        return outcome, remark
    return ("reviewed", remark) if outcome == "done" else (None, text)
