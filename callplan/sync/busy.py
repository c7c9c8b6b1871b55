"""When the user is not free, from the calendars they named in ``[busy]``.

Those calendars are foreign: a child process works them out (`callplan.sync.occurrences`), within limits of time and
memory. So the commands that plan do not load iCalendar, and no file can hang them.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from callplan import __version__, kept
from callplan.errors import RecordError
from callplan.plan.world import Busy
from callplan.sync import busy_sources

_SECONDS = 10.0
_KEPT_IN = "busy.json"

# -S -P and the parent's own path: the child starts in 20 ms, and nothing in the current folder can slip in.
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from callplan.sync.occurrences import main; main()"

Stretches = list[tuple[float, float]]


def busy_times(
    sources: Sequence[str],
    zone: str,
    start: datetime,
    end: datetime,
    *,
    ignored: Collection[str] = (),
    state: Path | None = None,
    read_collection: busy_sources.ReadCollection | None = None,
    seconds: float = _SECONDS,
) -> tuple[Busy, ...]:
    """When the user is busy between `start` and `end`: sorted, apart from one another, in UTC.

    `sources` are paths and URLs of iCalendar. `zone` (IANA) is the user's: whole days begin at its midnight, and times
    without a zone are its own. Events that are free (TRANSP) or cancelled do not count, nor do the UIDs `ignored`
    (callplan's own). `state`: the folder where the answer is kept until a calendar or the days asked for change.
    Raises `RecordError` for what cannot be read or takes longer than `seconds`, `ServerError`, `LoginError`.
    """
    if not sources:
        return ()
    contents = [busy_sources.read(source, read_collection, state) for source in sources]
    question = {
        "version": __version__,
        "zone": zone,
        "start": start.timestamp(),
        "end": end.timestamp(),
        "ignored": sorted(ignored),
        "sizes": [len(content) for content in contents],
    }
    asked = b"".join([json.dumps(question).encode(), b"\n", *contents])
    stretches = _kept_or(lambda: _merged(_answers(asked, sources, seconds)), asked, state)
    return tuple(Busy(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in stretches)


def whole_days(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The days in UTC that hold `start` to `end`: asked for by the day, an answer can be kept for a day."""
    first = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    last = end.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return first, last + timedelta(days=1)


def _answers(asked: bytes, sources: Sequence[str], seconds: float) -> Iterable[tuple[float, float]]:
    import callplan  # noqa: PLC0415 - for its folder only

    path = [str(Path(callplan.__file__).parent.parent), *(entry for entry in sys.path if entry)]
    late = False
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-S", "-P", "-c", _CHILD, json.dumps(path)],
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
        output = child.stdout
    except subprocess.TimeoutExpired as error:
        late, output = True, error.stdout or b""
    answers: list[dict[str, Any]] = [
        json.loads(line) for line in output.splitlines(keepends=True) if line[-1:] == b"\n"
    ]
    faults = []
    for source, answer in zip(sources, answers, strict=False):
        if "fault" in answer:
            line = f", line {answer['line']}" if answer.get("line") else ""
            faults.append(f"{busy_sources.called(source)}{line}: {answer['fault']}")
    if len(answers) < len(sources):
        name = busy_sources.called(sources[len(answers)])
        reason = f"takes longer than {seconds:g} seconds" if late else "takes too much memory or time"
        faults.append(f"{name}: working out its events {reason}. Take it out of [busy] calendars, or mend its rules.")
    if faults:
        raise RecordError("\n".join(faults))
    return [(first, last) for answer in answers for first, last in answer["busy"]]


def _merged(stretches: Iterable[tuple[float, float]]) -> Stretches:
    """Stretches that overlap or touch become one."""
    merged: Stretches = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _kept_or(work_out: Callable[[], Stretches], asked: bytes, state: Path | None) -> Stretches:
    """The kept answer to the same question, else a new one, which is then kept in its place."""
    if state is None:
        return work_out()
    mark = hashlib.sha256(asked).hexdigest()
    store = kept.read(state / _KEPT_IN)
    if store.get("asked") == mark:
        try:
            return [(float(first), float(last)) for first, last in store["busy"]]
        except (KeyError, TypeError, ValueError):
            pass
    stretches = work_out()
    kept.write(state / _KEPT_IN, {"asked": mark, "busy": stretches})
    return stretches
