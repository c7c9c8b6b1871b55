"""The calls that the plan does not make: ringing back, and ringing when they said they would and did not."""

from __future__ import annotations

from dataclasses import replace

from callplan.book.types import Application
from callplan.errors import EtiquetteError, UsageError
from callplan.message import joined, message
from callplan.plan.history import histories
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.whom import NoCall, callee
from callplan.plan.world import World
from callplan.words.spoken import Variant

_OPEN = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})
_STEPS = {Variant.OFFER: StepKind.ANSWER, Variant.REJECTION: StepKind.REJECTION_REPLY}
_INCOMING = {Variant.OFFER: ("offer", "invitation"), Variant.REJECTION: ("rejection",)}
_EXAMPLE = {Variant.OFFER: "offer --by phone", Variant.REJECTION: "rejection --by phone"}


def due_call_back(application: Application, steps: tuple[Step, ...], world: World) -> Variant | None:
    """What they rang about and still wait to hear on, if anything: then the next call is that one (4.4.b2)."""
    past = histories(application, world.now, world.rules.tries)
    for variant, kind in _STEPS.items():
        for step in steps:
            if step.kind is kind and step.status in _OPEN:
                entry = past[step.round - 1].last(*_INCOMING[variant])
                if entry is not None and entry.by == "phone":
                    return variant
    return None


def call_back_step(application: Application, variant: Variant, steps: tuple[Step, ...], world: World) -> Step:
    """The step such a call stands for: whom, which number, whose clock. It has no time of its own.

    Raises `UsageError` when there is nothing to ring about, `EtiquetteError` when they do not want to be rung.
    """
    past = histories(application, world.now, world.rules.tries)
    number = _round(application, variant, world)
    if variant in _INCOMING and past[number - 1].last(*_INCOMING[variant]) is None:
        raise UsageError(
            message(
                "There is no {incoming} in the log of {name}. When it has come: {command}",
                incoming=joined(message(" or "), map(message, _INCOMING[variant])),
                name=application.name,
                command=f"callplan log {application.name} {_EXAMPLE[variant]}",
            )
        )
    kind = _STEPS.get(variant, StepKind.CALL)
    planned = next((s for s in steps if s.kind is kind and s.round == number and s.status in _OPEN), None)
    found = callee(application, application.rounds[number - 1], past, world)
    if isinstance(found, NoCall):
        if found.refused:
            raise EtiquetteError(
                message("{company}: {reason}. Write instead.", company=application.company, reason=found.reason)
            )
        to, phone, zone = ((found.person.name,) if found.person else ()), None, application.timezone
    else:
        to, phone, zone = (found.person.name,), found.person.phone, found.zone
    fresh = Step(
        application.name, number, kind, to, phone, None, None, None, zone or world.me.timezone, Status.DUE, False,
        joined("", ()), "4.4.b2", "",
    )  # fmt: skip
    if planned is None or variant is Variant.NO_SHOW:
        return fresh
    known = replace(fresh, to=planned.to or to, phone=planned.phone or phone, uid=planned.uid)
    if planned.phone is None:  # it is planned as something to write
        return known
    return replace(known, start=planned.start, end=planned.end, timezone=planned.timezone)


def _round(application: Application, variant: Variant, world: World) -> int:
    past = histories(application, world.now, world.rules.tries)
    names = _INCOMING.get(variant, ())
    for number in range(len(past), 0, -1):
        if names and past[number - 1].last(*names):
            return number
    begun = [number for number, one in enumerate(application.rounds, 1) if one.start <= world.now]
    return begun[-1] if begun else 1
