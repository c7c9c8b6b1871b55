"""Changes to applications on disk: each is checked before it is written, and nothing else in the file is touched."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from callplan.book import compose, disk, splice
from callplan.book.faults import Faults, dotted, parsed
from callplan.book.file_name import file_stem
from callplan.book.locate import Path as KeyPath
from callplan.book.locate import layout
from callplan.book.read import from_values, parse_application
from callplan.book.types import Application, Fit, LogEntry, Person, Round
from callplan.errors import RecordError
from callplan.message import joined, message

_MOST_OF_ONE_NAME = 1000


def append_log(path: Path, entry: LogEntry, *, seen: Application | None = None) -> Application:
    """Add an entry to the log of the application in `path`; gives the application as it now is.

    `entry.at` and `entry.time` are aware; fractions of a second are dropped, line ends of texts become ``\\n``. Every
    other byte of the file stays. `seen`: what the decision rests on. Raises `RecordError`, with the file as it was,
    when the file is faulty, does not read as `seen` any more, or would not be right with the entry in it.
    """
    if entry.at.tzinfo is None or (entry.time is not None and entry.time.tzinfo is None):
        raise ValueError("the times of a log entry must be aware")
    plain = replace(entry, note=_lines(entry.note) or "", override=_lines(entry.override))
    return append_value(path, ("log",), compose.entry_values(plain), seen=seen)


def append_value(
    path: Path, key: Sequence[str | int], value: compose.Value, *, seen: Application | None = None
) -> Application:
    """Add an item to a list: a person to ``("people",)``, a remark to ``("rounds", 0, "notes", "topics")``.

    A mapping in a list of tables becomes a table with a header. See `append_log` for `seen` and what is raised.
    """
    where = tuple(key)

    def add(values: dict[str, Any]) -> None:
        items = _holder(values, where, where[:-1]).setdefault(where[-1], [])
        if not isinstance(items, list):
            raise RecordError(message("{dotted} is no list. Nothing was written.", dotted=dotted(where)))
        items.append(compose.plain_value(value))

    return _change(path, where, add, lambda text: splice.with_item(text, where, value), seen)


def set_value(
    path: Path, key: Sequence[str | int], value: compose.Value, *, seen: Application | None = None
) -> Application:
    """Give a key another value: ``("people", 0, "phone")``. None takes the key out.

    See `append_log` for `seen` and what is raised.
    """
    return set_values(path, {tuple(key): value}, seen=seen)


def set_values(
    path: Path, values: Mapping[tuple[str | int, ...], compose.Value], *, seen: Application | None = None
) -> Application:
    """Give several keys other values in one write: all of them, or none when the file would not be right with them.

    None takes a key out. See `append_log` for `seen` and what is raised.
    """
    keys = list(values)
    common = keys[0]
    while any(key[: len(common)] != common for key in keys):
        common = common[:-1]

    def put(table: dict[str, Any]) -> None:
        for where, value in values.items():
            _put(table, where, value)

    def rewrite(text: str) -> str | None:
        for where, value in values.items():
            changed = None if value is None else splice.with_value(text, where, value)
            if changed is None:
                return None
            text = changed
        return text

    return _change(path, common, put, rewrite, seen)


def _put(values: dict[str, Any], where: KeyPath, value: compose.Value) -> None:
    holder: Any = _holder(values, where, where[:-1])
    last: Any = where[-1]
    if isinstance(holder, list) and not (isinstance(last, int) and 0 <= last < len(holder)):
        raise RecordError(message("There is no {dotted} of that number. Nothing was written.", dotted=dotted(where)))
    if value is not None:
        holder[last] = compose.plain_value(value)
    elif isinstance(holder, list) or last in holder:
        del holder[last]


def create_application(
    folder: Path,
    *,
    company: str,
    position: str,
    timezone: str | None = None,
    language: str | None = None,
    country: str | None = None,
    subdivision: str | None = None,
    invited_by: str | None = None,
    kind: str | None = None,
    why: Sequence[str] = (),
    people: Sequence[Person] = (),
    rounds: Sequence[Round] = (),
    fit: Sequence[Fit] = (),
    log: Sequence[LogEntry] = (),
    name: str | None = None,
    id: UUID | None = None,  # noqa: A002 - the key of the contract
) -> Path:
    """Write a new application into the book and give its file, readable by the user alone.

    The file is called after the company (or `name`), with ``-2``, ``-3`` … when that is taken; nothing is ever
    written over. The folder is made if need be. Raises `RecordError` with all that is wrong, before writing anything.
    """
    application = Application(
        name=name or file_stem(company),
        id=id or uuid4(),
        company=company,
        position=position,
        timezone=timezone,
        language=language,
        country=country,
        subdivision=subdivision,
        invited_by=invited_by,
        kind=kind,
        why=tuple(why),
        people=tuple(people),
        rounds=tuple(rounds),
        fit=tuple(fit),
        log=tuple(log),
    )
    if re.search(r'[/\\:*?"<>|]|^\.|\.$|\.sync-conflict-', application.name):
        raise RecordError(
            message("The name of a file holds no slash, colon or star, and begins and ends without a dot.")
        )
    disk.stem(Path(f"{application.name}.toml"))
    try:
        text = compose.as_toml(application)
    except UnicodeEncodeError:
        raise RecordError(message("A text holds half a character, which no file can hold. Take it out.")) from None
    faults = Faults()
    from_values(tomllib.loads(text), application.name, faults)
    if faults:
        raise RecordError(joined("\n", faults.sentences()))
    for number in range(1, _MOST_OF_ONE_NAME):
        path = folder / f"{application.name}{f'-{number}' if number > 1 else ''}.toml"
        if disk.create(path, text):
            return path
    raise RecordError(
        message(
            "There are {count} applications called {name}. Give it another name.",
            count=_MOST_OF_ONE_NAME,
            name=application.name,
        )
    )


def _change(
    path: Path,
    key: KeyPath,
    change_values: Callable[[dict[str, Any]], None],
    change_text: Callable[[str], str | None],
    seen: Application | None,
) -> Application:
    """Change values and text of a file alike; the text is written if it then reads as exactly those values."""
    name = disk.stem(path)
    label = disk.label(path)
    with disk.alone(Path(os.path.realpath(path)).parent):  # Path.resolve raises something else for a loop of links
        content = disk.read(path)
        text = content.text
        if seen is not None and parse_application(text, name) != seen:
            raise RecordError(
                message("{label} has changed since it was read. Look at it again; nothing was written.", label=label)
            )
        try:
            wanted = parsed(label, text)
        except ValueError as error:
            raise RecordError(*error.args) from None
        change_values(wanted)
        faults = Faults()
        changed = from_values(wanted, name, faults)
        if changed is None or faults:
            parse_application(text, name)  # when the file was faulty before, its own faults are told, with their lines
            raise RecordError(
                joined("\n", [*faults.sentences(), message("Nothing was written to {label}.", label=label)])
            )
        for rewrite in (change_text, lambda text: _rewritten(text, change_values, key)):
            fresh = rewrite(text)
            if fresh is not None and _reads_as(fresh, wanted):
                disk.replace(content, fresh)
                return changed
    raise RecordError(
        message(
            "{label} is written in a way that callplan cannot change {dotted} in. Change it by hand.",
            label=label,
            dotted=dotted(key),
        )
    )


def _holder(values: Any, where: KeyPath, path: KeyPath) -> Any:
    """The table or list at `path`; tables that are missing are made."""
    for part in path:
        try:
            values = values.setdefault(part, {}) if isinstance(values, dict) else values[part]
        except (IndexError, TypeError, AttributeError):
            raise RecordError(
                message("There is no {dotted} of that number. Nothing was written.", dotted=dotted(where))
            ) from None
    if not isinstance(values, (dict, list)):
        raise RecordError(message("There is no {dotted}. Nothing was written.", dotted=dotted(where)))
    return values


def _reads_as(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _rewritten(text: str, change_values: Callable[[Any], None], key: KeyPath) -> str | None:
    """The text changed by tomlkit, for what an insertion cannot do; None when any other line went astray with it."""
    import tomlkit  # noqa: PLC0415 - only for the rare ways of writing
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(text)
        change_values(document)
        fresh = tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, AttributeError, LookupError):
        return None
    if "\r\n" in text:
        fresh = re.sub(r"(?<!\r)\n", "\r\n", fresh)
    return fresh if _keeps_the_rest(text, fresh, key) else None


def _keeps_the_rest(old: str, fresh: str, key: KeyPath) -> bool:
    """Whether every line but those of the value at `key` is still there, in its order."""
    places = layout(old)
    first = places.line(key) or 0
    parts = [(block.start, block.end) for block in places.blocks if block.path[: len(key)] == key]
    start, end = (parts[0][0], parts[-1][1]) if parts else places.values.get(key, (0, 0))
    last = first + old.count("\n", start, end)
    left = iter(fresh.splitlines())
    return all(
        line in left  # an iterator: each search goes on where the last one ended
        for number, line in enumerate(old.splitlines(), 1)
        if line.strip() and not first <= number <= last
    )


def _lines(text: str | None) -> str | None:
    """Text as a form or another system sends it, with the line ends of a record; a blank one is none."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if text and text.strip() else None
