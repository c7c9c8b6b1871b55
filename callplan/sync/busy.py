"""When the user is not free, from the calendars they named in ``[busy]``.

Those calendars are foreign: a child process works them out (`callplan.sync.occurrences`), within limits of time and
memory. So the commands that plan do not load iCalendar, and no file can hang them.

A file at hand that is faulty is an error: the user can mend it. A calendar on a server is not in their hands, so a plan
goes on without it, by what was last known of it, and says so.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from callplan import __version__, kept
from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.plan.world import Busy
from callplan.setting_values import is_url
from callplan.settings import CalendarSettings
from callplan.sync import busy_sources

_SECONDS = 10.0
_KEPT_IN = "busy.json"

# -S -P and the parent's own path: the child starts in 20 ms, and nothing in the current folder can slip in.
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from callplan.sync.occurrences import main; main()"

Stretches = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class BusyTimes:
    """When the user is busy: sorted, apart from one another, in UTC. `notes`: a sentence on each calendar not read."""

    busy: tuple[Busy, ...] = ()
    notes: tuple[str, ...] = ()


def busy_times(
    sources: Sequence[str],
    zone: str,
    start: datetime,
    end: datetime,
    *,
    ignored: Collection[str] = (),
    state: Path | None = None,
    calendar: CalendarSettings | None = None,
    seconds: float = _SECONDS,
) -> BusyTimes:
    """When the user is busy between `start` and `end` (aware).

    `sources` are paths and URLs of iCalendar; a URL that ends in ``/`` is a CalDAV collection. `zone` (IANA) is the
    user's: whole days begin at its midnight, and times without a zone are its own. Events that are free (TRANSP) or
    cancelled do not count, nor do callplan's own: those marked as such, and the UIDs `ignored`. `calendar` is the
    user's own, whose login is good for the calendars on its server. `state`: the folder where answers are kept.
    Raises `RecordError` for a file that cannot be read or takes longer than `seconds`; an address raises nothing.
    """
    readings = {one: busy_sources.read(one, start, end, zone, state, calendar) for one in dict.fromkeys(sources)}
    notes = [reading.note for reading in readings.values() if reading.note]
    contents = {source: reading.content for source, reading in readings.items() if reading.content is not None}
    question = {"zone": zone, "start": start.timestamp(), "end": end.timestamp(), "ignored": sorted(ignored)}
    known = _known(state, contents, json.dumps([__version__, question]).encode())
    unknown = {source: content for source, content in contents.items() if not known[source].stands}
    for source, answer in _worked_out(unknown, question, seconds):
        known[source].learn(answer)
    faults = [one.fault for source, one in known.items() if one.fault and not is_url(source)]
    if faults:
        raise RecordError(joined("\n", faults))
    if unknown and state is not None:
        kept.write(state / _KEPT_IN, {_key(source): one.as_kept() for source, one in known.items()})
    notes += [_note(source, one, zone) for source, one in known.items() if one.fault]
    stretches = _merged(stretch for one in known.values() for stretch in one.busy)
    busy = (Busy(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in stretches)
    return BusyTimes(tuple(busy), tuple(notes))


def whole_days(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The days in UTC that hold `start` to `end`: asked for by the day, an answer can be kept for a day."""
    first = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    last = end.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return first, last + timedelta(days=1)


def _worked_out(
    contents: Mapping[str, bytes], question: Mapping[str, Any], seconds: float
) -> Iterator[tuple[str, Stretches | str]]:
    """The stretches of each source, or the sentence that says why there are none."""
    waiting = list(contents)
    while waiting:
        answers, late = _answers([contents[source] for source in waiting], question, seconds)
        for source, answer in zip(waiting, answers, strict=False):
            line = message(", line {line}", line=answer["line"]) if answer.get("line") and not is_url(source) else ""
            fault = joined("", (busy_sources.called(source), line, ": ", message(str(answer.get("fault")))))
            yield source, fault if "fault" in answer else [(first, last) for first, last in answer["busy"]]
        if len(answers) < len(waiting):  # this one ended the child; those behind it have not had their turn
            source = waiting[len(answers)]
            reason = (
                message("takes longer than {seconds} seconds", seconds=f"{seconds:g}")
                if late
                else message("takes too much memory or time")
            )
            advice = message("Take it out of [busy] calendars, or mend its rules.")
            yield (
                source,
                message(
                    "{calendar}: working out its events {reason}. {advice}",
                    calendar=busy_sources.called(source),
                    reason=reason,
                    advice=advice,
                ),
            )
        waiting = waiting[len(answers) + 1 :]


def _answers(
    contents: Sequence[bytes], question: Mapping[str, Any], seconds: float
) -> tuple[list[dict[str, Any]], bool]:
    """What the child says of each calendar, as far as it comes, and whether it was stopped for being late."""
    import callplan  # noqa: PLC0415 - for its folder only

    path = [str(Path(callplan.__file__).parent.parent), *(entry for entry in sys.path if entry)]
    asked = json.dumps({**question, "sizes": [len(content) for content in contents]}).encode()
    late = False
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-S", "-P", "-c", _CHILD, json.dumps(path)],
            input=b"".join([asked, b"\n", *contents]),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
        output = child.stdout
    except subprocess.TimeoutExpired as error:
        late, output = True, error.stdout or b""
    whole = [line for line in output.splitlines(keepends=True) if line[-1:] == b"\n"]
    return [json.loads(line) for line in whole], late


def _merged(stretches: Iterable[tuple[float, float]]) -> Stretches:
    """Stretches that overlap or touch become one."""
    merged: Stretches = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


@dataclass(slots=True)
class _Known:
    """What was last worked out of one source: the stretches, when (seconds since 1970), and why there are no newer."""

    mark: str  # of the question and the content it is about
    busy: Stretches = field(default_factory=list)
    learnt: float = 0.0  # 0: never
    fault: str = ""
    failed: float = 0.0
    stands: bool = False  # whether this is the answer to the question asked now

    def learn(self, answer: Stretches | str) -> None:
        """Take in new stretches, or why there are none: then the last ones stay."""
        if isinstance(answer, str):
            self.fault, self.failed = answer, time.time()
        else:
            self.busy, self.learnt, self.fault = answer, time.time(), ""

    def as_kept(self) -> dict[str, Any]:
        """For the state folder."""
        return {name: getattr(self, name) for name in ("mark", "busy", "learnt", "fault", "failed")}


def _known(state: Path | None, contents: Mapping[str, bytes], question: bytes) -> dict[str, _Known]:
    """What is kept of each source, marked as standing where it answers the same question about the same content."""
    store = kept.read(state / _KEPT_IN) if state is not None else {}
    found = {}
    for source, content in contents.items():
        mark = hashlib.sha256(question + content).hexdigest()
        try:
            one = _Known(**store[_key(source)])
            one.busy = [(float(first), float(last)) for first, last in one.busy]
            lately = not one.fault or 0 <= time.time() - one.failed < busy_sources.FRESH
            one.stands, one.mark = one.mark == mark and lately, mark
        except (KeyError, TypeError, ValueError):
            one = _Known(mark)
        found[source] = one
    return found


def _key(source: str) -> str:
    """A source without what may be a secret in it."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def _note(source: str, known: _Known, zone: str) -> str:
    """What the user is told of a calendar on a server that cannot be understood."""
    if not known.learnt:
        return f"{known.fault[0].upper()}{known.fault[1:]} {busy_sources.unknown(source)}"
    told = message(
        "The plan goes by what was understood of it on {time}.", time=busy_sources.in_words(known.learnt, zone)
    )
    return f"{known.fault[0].upper()}{known.fault[1:]} {told}"
