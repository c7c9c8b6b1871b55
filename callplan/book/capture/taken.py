"""What a file gave: values that travel from the process which read it to the one which asked.

Times are ISO 8601 text, because three kinds are told apart: with an offset (a moment), without one (only the user
knows whose clock it is) and a date alone (only the user knows the hour).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from callplan.errors import RecordError
from callplan.message import packed, unpacked

#: More people than this do not interview anybody; the file is a mass mailing or an attack.
MOST_PEOPLE = 20


class UnusableError(RecordError):
    """Nothing can be taken from the file. The message says why, without the file's name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that only the user can say. `about`: company, position, timezone, time, name, phone, people …"""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class TakenPerson:
    """Somebody named in the file; `phone` in international format."""

    name: str
    email: str | None = None
    phone: str | None = None
    role: str | None = None
    timezone: str | None = None
    honorific: str | None = None
    given: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class TakenRound:
    """An interview. `end` None: not said. `uids` are of the calendar events it was made of, `sequence` the latest's."""

    start: str
    end: str | None = None
    place: str | None = None
    link: str | None = None
    uids: tuple[str, ...] = ()
    sequence: int = 0
    panel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """All that one file gave. `timezone` and `country` are of the workplace, where the file leaves no doubt.

    `left`: what stands with a name and goes into no record: degrees.
    """

    company: str | None = None
    position: str | None = None
    rounds: tuple[TakenRound, ...] = ()
    people: tuple[TakenPerson, ...] = ()
    questions: tuple[Asked, ...] = ()
    timezone: str | None = None
    country: str | None = None
    language: str | None = None
    cancelled: bool = False
    left: tuple[str, ...] = ()

    def asks(self, about: str) -> bool:
        """Whether there is a question about it."""
        return any(question.about == about for question in self.questions)


def report(taken: Taken) -> dict[str, Any]:
    """What ``--dry-run --json`` prints. The keys are documented in ``docs/capture.md``."""
    return {
        "application": {"company": taken.company, "position": taken.position},
        "rounds": [{"start": one.start, "end": one.end, "place": one.place, "link": one.link} for one in taken.rounds],
        "people": [
            {
                "name": one.name,
                "email": one.email,
                "phone": one.phone,
                "role": one.role,
                "timezone": one.timezone,
            }
            for one in taken.people
        ],
        "questions": [{"about": one.about, "text": one.text} for one in taken.questions],
    }


def as_values(taken: Taken) -> dict[str, Any]:
    """For the way between the processes."""
    values = asdict(taken)
    values["questions"] = [{"about": one.about, "text": packed(one.text)} for one in taken.questions]
    return values


def from_values(values: Mapping[str, Any]) -> Taken:
    """The inverse of `as_values`. Raises `TypeError`, `KeyError` or `ValueError` for anything else."""
    plain = dict(values)
    rounds = tuple(
        TakenRound(**{**one, "uids": tuple(one["uids"]), "panel": tuple(one["panel"])}) for one in plain.pop("rounds")
    )
    people = tuple(TakenPerson(**one) for one in plain.pop("people"))
    questions = tuple(Asked(one["about"], unpacked(one["text"])) for one in plain.pop("questions"))
    left = tuple(plain.pop("left"))
    return Taken(rounds=rounds, people=people, questions=questions, left=left, **plain)
