"""One file, one process: what a stranger's file does to a parser (time, memory, zones it redefines) stays in there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from callplan.book.capture.content_lines import LONGEST_FILE
from callplan.book.capture.taken import Taken, UnusableError, as_values, from_values
from callplan.message import Message, message, packed, unpacked

Kind = Literal["invitation", "card"]

#: Seconds of computing, and bytes of memory, that one file may cost. A usual one takes 0.1 s and 40 MB.
SECONDS, MEMORY = 2, 190_000_000
_PATIENCE = 30.0  # by the wall clock: the computer may be busy with other things


def _refused(kind: str) -> Message:
    return message(
        "it takes more time or memory to read than any {kind} should. It may be damaged, or made to do harm.",
        kind=message(kind),
    )


def taken_from(data: bytes, kind: Kind, *, name: str = "", email: str = "", seconds: float = _PATIENCE) -> Taken:
    """What the file gives. `name` and `email` are the applicant's. Raises `UnusableError` with a sentence."""
    if not data.strip():
        raise UnusableError(message("it is empty."))
    if len(data) > LONGEST_FILE:
        raise UnusableError(
            message(
                "it is larger than {count} MB, which no {kind} is.", count=LONGEST_FILE // 1000000, kind=message(kind)
            )
        )
    command = [sys.executable, "-m", "callplan.book.capture.apart", kind, json.dumps([name, email])]
    try:
        done = subprocess.run(  # noqa: S603 - this very program
            command, input=data, capture_output=True, timeout=seconds, check=False, env=_environment()
        )
        answer = json.loads(done.stdout)
        if "refused" in answer:
            raise UnusableError(unpacked(answer["refused"]))
        return from_values(answer)
    except subprocess.TimeoutExpired:
        pass
    except (ValueError, TypeError, KeyError, AttributeError):  # it died of its limits before it could answer
        pass
    raise UnusableError(_refused(kind))


def _environment() -> dict[str, str]:
    """The child finds this package where the parent found it, and nothing else changes its ways."""
    home = str(Path(__file__).resolve().parents[3])
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{home}{os.pathsep}{path}" if path else home, "PYTHONUTF8": "1"}


def _limit() -> None:
    """Where the system can: Windows knows no such limits, and has the parent's patience only."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for what, limit in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


def _read(kind: str, data: bytes, name: str, email: str) -> dict[str, Any]:
    from callplan.book.capture.who import Applicant  # noqa: PLC0415 - the parent needs none of them

    if kind == "card":
        from callplan.book.capture.card import read_cards  # noqa: PLC0415 - one of the two

        return as_values(read_cards(data, Applicant(name, email)))
    from callplan.book.capture.invitation import read_invitation  # noqa: PLC0415

    return as_values(read_invitation(data, Applicant(name, email)))


def _main() -> None:
    """The child: a file on stdin, JSON on stdout."""
    _limit()
    kind, applicant = sys.argv[1:3]
    try:
        answer = _read(kind, sys.stdin.buffer.read(), *json.loads(applicant))
    except UnusableError as error:
        answer = {"refused": packed(error.message)}
    except (MemoryError, RecursionError):
        answer = {"refused": packed(_refused(kind))}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
