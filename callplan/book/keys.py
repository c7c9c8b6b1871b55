"""The keys of an application's tables, and which one was meant by a key that is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from callplan.book.nearest import nearest
from callplan.message import message

#: The keys of every table of an application. A test sees to it that these are the fields of the types.
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "id", "company", "position", "timezone", "language", "country", "subdivision", "invited_by", "kind", "why",
        "people", "rounds", "fit", "log",
    ),
    "people": (
        "name", "role", "email", "phone", "calls", "honorific", "given", "family", "gender", "timezone", "country",
        "best_hours", "signs_as",
    ),
    "rounds": ("start", "end", "place", "link", "panel", "invitation", "sequence", "decision", "notes"),
    "rounds.decision": ("by", "within", "contact", "channel"),
    "rounds.notes": ("topics", "valued", "questions"),
    "rounds.notes.topics": ("text", "by"),
    "rounds.notes.valued": ("text", "by"),
    "rounds.notes.questions": ("asked", "by", "rating", "better"),
    "fit": ("need", "strength", "by"),
    "log": ("at", "step", "outcome", "to", "note", "by", "until", "date", "time", "round", "override"),
}  # fmt: skip

# What people write for a key that has another name here, where the letters do not give it away.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "tz": ("timezone",), "zone": ("timezone",), "lang": ("language",), "firm": ("company",),
    "employer": ("company",), "job": ("position",), "title": ("role", "position"), "mail": ("email",),
    "tel": ("phone",), "mobile": ("phone",), "number": ("phone",), "location": ("place",), "where": ("place",),
    "address": ("place", "email"), "url": ("link",), "interviewers": ("panel",), "result": ("outcome",),
    "date": ("start",), "when": ("start", "at"), "begin": ("start",), "comment": ("note",), "sex": ("gender",),
    "salutation": ("honorific",), "reason": ("override", "why"), "who": ("to", "by", "contact", "name"),
}  # fmt: skip

_LISTS_OF_TABLES = ("people", "rounds", "fit", "log", "rounds.notes.questions")
_TABLES = ("rounds.decision", "rounds.notes")


def key_advice(key: str, right: Sequence[str], table: str) -> str:
    """Which key was meant: a slip of the pen, another word for it, or one of another table."""
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in right:
        return message('Did you mean "{name}"?', name=plain)
    for synonym in _SYNONYMS.get(plain, ()):
        if synonym in right:
            return message('Did you mean "{name}"?', name=synonym)
    elsewhere = [name for name, keys in KEYS.items() if plain in keys and name != table]
    near = nearest(plain, right)
    if near and not elsewhere:
        return message('Did you mean "{name}"?', name=near)
    if elsewhere:
        return message("It belongs {under}.", under=under(elsewhere[0]))
    return message("The keys {under} are {right}.", under=under(table), right=", ".join(right))


def under(table: str) -> str:
    """Where in the file a table's keys stand, in words."""
    if not table:
        return message("at the top of the file, above the first [table]")
    if table in _LISTS_OF_TABLES:
        return message("under [[{table}]]", table=table)
    return (
        message("under [{table}]", table=table) if table in _TABLES else message("in an item of {table}", table=table)
    )
