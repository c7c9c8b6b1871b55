"""An application without the people in it: what remains is the user's own, and what the firm asked. Pure."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from callplan.book.types import Application, Person

_Value = TypeVar("_Value")

#: A name's parts shorter than this are left in texts: "Bo" is in "about".
_SHORTEST = 3


def without_contacts(application: Application) -> Application:
    """The application with each person as "Person 1", "Person 2" …: no name, address, number or time to call.

    Their names, whole or in part, their addresses and numbers go out of every text too. Nobody is called any more.
    """
    names = {person.name: f"Person {number}" for number, person in enumerate(application.people, 1)}
    people = tuple(Person(names[person.name], role=person.role, calls=False) for person in application.people)
    bare = replace(application, people=())
    company = {word.casefold() for word in re.findall(r"\w+", application.company)}
    words: dict[str, str] = {}
    for person in application.people:
        words[person.name] = names[person.name]
        for text in (person.email, person.phone, person.signs_as):
            if text:
                words[text] = names[person.name]
        parts = [
            *re.findall(r"[\w-]+", person.name),
            *re.findall(r"[\w-]+", f"{person.given or ''} {person.family or ''}"),
        ]
        for part in parts:
            if len(part) >= _SHORTEST and part.casefold() not in company:
                words.setdefault(part, names[person.name])
    if not words:
        return application
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
    folded = {word.casefold(): instead for word, instead in words.items()}

    def cleaned(text: str) -> str:
        return pattern.sub(lambda found: folded.get(found[0].casefold(), "…"), text)

    kept = _changed(bare, cleaned)
    return replace(
        kept, name=application.name, company=application.company, position=application.position, people=people
    )


def _changed(value: _Value, change: Any) -> _Value:
    """The value with every text in it changed, except the names of keys and zones, which hold no people."""
    if isinstance(value, str):
        return change(value)  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        fixed = ("id", "timezone", "country", "subdivision", "language", "step", "outcome", "channel", "kind", "unit")
        return replace(
            value,
            **{one.name: _changed(getattr(value, one.name), change) for one in fields(value) if one.name not in fixed},
        )
    return value
