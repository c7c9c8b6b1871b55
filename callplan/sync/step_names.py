"""Which step a UID stands for: every UID that callplan can have written for an application, planned just now or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callplan.book.types import Application
from callplan.plan.calls import CALLS
from callplan.plan.reviews import given_out
from callplan.plan.step import StepKind, step_uid


@dataclass(frozen=True, slots=True)
class StepName:
    """Which step a UID stands for. `whom`: the person of a letter, the call of a rehearsal.

    `review`: it is the slot in which the step's text comes back from a friend, and to `whom` that text is.
    """

    application: str
    round: int
    kind: StepKind
    whom: str
    review: bool = False


def step_names(applications: Iterable[Application]) -> dict[str, StepName]:
    """Every UID that a step of these applications can have, whether it is planned just now or not."""
    names: dict[str, StepName] = {}
    for application in applications:
        people = tuple(person.name for person in application.people)
        for number, one in enumerate(application.rounds, 1):
            for kind in StepKind:
                variants: tuple[str, ...] = ("",)
                if kind is StepKind.LETTER:
                    variants = ("", *people, *one.panel)
                elif kind is StepKind.REHEARSE:
                    variants = tuple(call.value for call in CALLS)
                elif kind is StepKind.ANSWER:
                    variants = ("", "offer", "invitation")
                for whom in variants:
                    names[step_uid(application.id, number, kind, whom)] = StepName(application.name, number, kind, whom)
        for uid, (number, kind, whom) in given_out(application).items():
            names[uid] = StepName(application.name, number, kind, whom, review=True)
    return names
