"""The grammar of `callplan log`: a few words in, a step and an outcome out."""

from __future__ import annotations

from datetime import datetime, timedelta

from callplan.book.types import INCOMING, LOGGABLE_STEPS, OUTCOMES
from callplan.cli.language import told
from callplan.errors import UsageError
from callplan.plan.outcome_words import OUTCOME_PHRASES
from callplan.plan.step import Status, Step
from callplan.plan.upcoming import PENDING

#: Other ways to say a step. Compared after lower-casing, with hyphens for spaces.
_STEP_WORDS = {
    "thanks": "thank-you", "thankyou": "thank-you", "thank-you-mail": "thank-you", "thank-you-email": "thank-you",
    "letters": "letter", "followup": "follow-up", "follow-up-mail": "follow-up", "follow-up-email": "follow-up",
    "note": "notes", "rehearsal": "rehearse", "practice": "rehearse", "phone": "call", "first-call": "call",
    "status-call": "call", "2nd-call": "second-call", "call-2": "second-call", "reflection": "reflect",
    "response": "reply", "they-replied": "reply", "invite": "invitation", "invited": "invitation",
    "offered": "offer", "rejected": "rejection", "declined": "rejection", "withdrew": "withdrawn",
    "onhold": "on-hold", "hold": "on-hold", "newdate": "new-date", "delayed": "new-date",
    "answer-to-rejection": "rejection-reply",
}  # fmt: skip

_STEP_WORDS |= {  # in Danish, as plan and show say them
    "samtale": "interview", "noter": "notes", "tak": "thank-you", "takkemail": "thank-you", "brev": "letter",
    "opfølgning": "follow-up", "øvelse": "rehearse", "opkald": "call", "andet-opkald": "second-call", "svar": "answer",
    "svar-på-afslag": "rejection-reply", "tilbageblik": "reflect", "de-svarede": "reply", "ny-dato": "new-date",
    "tilbud": "offer", "indbydelse": "invitation", "afslag": "rejection", "sat-i-bero": "on-hold", "i-bero": "on-hold",
    "trukket": "withdrawn",
}  # fmt: skip

#: Other ways to say an outcome.
_OUTCOME_WORDS = {
    "nobody": "no-answer", "engaged": "busy", "spoke": "reached", "talked": "reached", "message": "voicemail",
    "mailbox": "voicemail", "secretary": "gatekeeper", "reception": "gatekeeper", "wrong": "wrong-number",
    "do-not-call": "asked-not-to-call", "dont-call": "asked-not-to-call", "call-later": "bad-moment",
    "call-back-later": "bad-moment", "written": "done", "skip": "skipped", "undo": "undone", "move": "moved",
    "ooo": "out-of-office", "away": "out-of-office",
}  # fmt: skip

_OUTCOME_WORDS |= {
    "optaget": "busy", "omstilling": "gatekeeper", "forkert-nummer": "wrong-number", "ring-ikke": "asked-not-to-call",
    "dårligt-tidspunkt": "bad-moment", "sprunget-over": "skipped", "flyttet": "moved", "fraværende": "out-of-office",
    "fortrudt": "undone", "til-gennemlæsning": "in-review", "læst-igennem": "reviewed",
}  # fmt: skip

#: As in the notes of an event.
_OUTCOME_WORDS |= {phrase.replace(" ", "-"): outcome for phrase, outcome in OUTCOME_PHRASES.items()}

_CALL_STEPS = ("call", "second-call")
_SENT_STEPS = ("thank-you", "letter", "follow-up", "answer", "rejection-reply")
_DONE_STEPS = ("notes", "rehearse", "reflect", "interview")
_CALL_OUTCOMES = (
    "reached", "no-answer", "busy", "gatekeeper", "voicemail", "wrong-number", "asked-not-to-call", "bad-moment",
)  # fmt: skip

#: Outcome -> the steps it can be said of. An outcome that is absent fits every step.
_FITTING = {
    **dict.fromkeys(_CALL_OUTCOMES, _CALL_STEPS),
    "sent": _SENT_STEPS,
    "done": (*_DONE_STEPS, *_SENT_STEPS),
    "out-of-office": ("reply",),
    "in-review": _SENT_STEPS,
    "reviewed": _SENT_STEPS,
}

_PLAIN = str.maketrans({"_": " ", "-": " ", ",": " ", "'": None, "\u2019": None})

#: A step so near counts as the one that is meant.
SOON = timedelta(hours=12)


def parse(words: tuple[str, ...]) -> tuple[str | None, str | None]:
    """The step and the outcome that the words name; either may be left out, not both.

    Raises `UsageError` with what would be right.
    """
    said = "-".join(" ".join(words).lower().translate(_PLAIN).split())
    if not said:
        raise UsageError(told("What happened? For example: thank-you sent, no answer, reached, offer, rejection."))
    step, rest = _leading(said, {**{name: name for name in (*LOGGABLE_STEPS, *INCOMING)}, **_STEP_WORDS})
    outcomes = {**{name: name for name in OUTCOMES}, **_OUTCOME_WORDS}
    if step is not None and not rest:
        return step, None
    outcome, left = _leading(rest if step else said, outcomes)
    if outcome is None or left:
        raise UsageError(_not_understood(words, rest if step else said, bool(step)))
    if step is not None:
        _refuse_misfit(step, outcome)
    return step, outcome


def words_after(said: tuple[str, ...]) -> tuple[str, ...]:
    """What may follow these words: steps and outcomes at first, then the outcomes that fit the step."""
    if not said:
        return (*LOGGABLE_STEPS, *INCOMING, *OUTCOMES)
    step = _STEP_WORDS.get(said[0], said[0])
    if len(said) > 1 or (step in INCOMING and step != "reply"):
        return ()
    return tuple(outcome for outcome in OUTCOMES if step in _FITTING.get(outcome, (step,)))


def _leading(said: str, names: dict[str, str]) -> tuple[str | None, str]:
    """The longest name that `said` begins with, and what follows."""
    for name in sorted(names, key=len, reverse=True):
        if said == name:
            return names[name], ""
        if said.startswith(name + "-"):
            return names[name], said[len(name) + 1 :]
    return None, said


def _not_understood(words: tuple[str, ...], said: str, after_step: bool) -> str:
    from difflib import get_close_matches

    known = [*OUTCOMES, *_OUTCOME_WORDS]
    if not after_step:
        known += [*LOGGABLE_STEPS, *INCOMING, *_STEP_WORDS]
    meant = {**_STEP_WORDS, **_OUTCOME_WORDS}
    near = dict.fromkeys(meant.get(one, one) for one in get_close_matches(said, known, n=2, cutoff=0.6))
    text = told('I do not understand "{words}".').format(words=" ".join(words))
    if near:
        return told("{text} Did you mean {names}?").format(text=text, names=told(" or ").join(map(told, near)))
    return told(
        "{text} Say the step and how it went (thank-you sent, call no-answer), or what they did (offer, "
        "invitation, rejection, reply, new-date, on-hold). callplan log --help has the words."
    ).format(text=text)


def _refuse_misfit(step: str, outcome: str) -> None:
    if step in INCOMING and outcome not in ("out-of-office", "undone"):
        raise UsageError(
            told(
                '"{step}" is something they did; it has no outcome "{outcome}". Leave the outcome out, or add a --note.'
            ).format(step=told(step), outcome=told(outcome))
        )
    fitting = _FITTING.get(outcome)
    if fitting is not None and step not in fitting:
        raise UsageError(
            told('"{outcome}" cannot be said of "{step}"; it fits {fitting}.').format(
                outcome=told(outcome), step=told(step), fitting=", ".join(map(told, fitting))
            )
        )


def usual_outcome(step: str) -> str | None:
    """How a step ends when nothing is said: None for what they did. Raises `UsageError` for a call."""
    if step in _SENT_STEPS:
        return "sent"
    if step in _DONE_STEPS:
        return "done"
    if step in _CALL_STEPS:
        raise UsageError(
            told("How did the call end? One of: {outcomes}.").format(outcomes=", ".join(map(told, _CALL_OUTCOMES)))
        )
    if step == "thank-you-deadline":
        raise UsageError(told("The deadline is kept by sending the thanks: callplan log NAME thank-you sent."))
    return None


def step_meant(outcome: str, pending: list[Step], round_number: int | None, now: datetime) -> tuple[str, int | None]:
    """The step that an outcome without one is about, and its round where the plan knows it.

    `pending` are the application's steps of the plan in order of time. What is due goes before what is ahead; of what
    is ahead only the next few hours are meant, unless there is but one thing it could be: a letter of next week must
    not be taken for sent because an e-mail was. Raises `UsageError` where it is not clear.
    """
    fitting = _FITTING.get(outcome)
    if fitting == ("reply",):
        return "reply", None
    candidates = [
        step
        for step in pending
        if step.status in PENDING
        and (fitting is None or step.kind.value in fitting)
        and step.kind.value != "thank-you-deadline"
        and (round_number is None or step.round == round_number)
    ]
    if not candidates:
        if fitting == _CALL_STEPS:
            return "call", round_number  # nothing planned: the etiquette has the word
        raise UsageError(
            told('No step is waiting that could be "{outcome}". Name it: callplan log NAME STEP {outcome}.').format(
                outcome=outcome
            )
        )
    begun = {step.kind.value for step in candidates if step.status in (Status.DUE, Status.LATE)}
    if len(begun) > 1:
        choice = " or ".join(f'"{kind} {outcome}"' for kind in sorted(begun))
        raise UsageError(
            told('"{outcome}" could be said of several steps. Say {choice}.').format(outcome=outcome, choice=choice)
        )
    chosen = next((step for step in candidates if step.kind.value in begun), candidates[0])
    kinds = dict.fromkeys(step.kind.value for step in candidates)
    soon = chosen.start is not None and chosen.start <= now + SOON
    if not begun and not soon and len(kinds) > 1 and fitting != _CALL_STEPS:
        choice = told(" or ").join(f'"{kind} {outcome}"' for kind in kinds)
        text = told('Nothing is due yet that could be "{outcome}". Say which is meant: {choice}.')
        raise UsageError(text.format(outcome=outcome, choice=choice))
    return chosen.kind.value, chosen.round
