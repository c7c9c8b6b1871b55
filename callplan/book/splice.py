"""Changes to a TOML text that leave every other character of it alone: comments, order, spaces and line ends.

Each function gives the changed text, or None where the text is written in a way that needs more than an insertion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from callplan.book.compose import Value, pair, table, written_value
from callplan.book.locate import Block, Layout, Path, layout

_TO_COMMA = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+,")


def with_value(text: str, path: Path, value: Value) -> str | None:
    """The text with `value` at `path`: in place of the old one, as a new key of its table, or as a new table."""
    places = layout(text)
    if path in places.values:
        start, end = places.values[path]
        return text[:start] + written_value(value) + text[end:]
    home = _block(places, path[:-1])
    if isinstance(value, Mapping):
        return None if home is None else _with_table(text, f"[{_header(path)}]", value, places, home)
    if home is not None:
        return _with_lines(text, home, pair(str(path[-1]), value))
    above = _block(places, path[:-2])
    if above is None:
        return None
    return _with_table(text, f"[{_header(path[:-1])}]", {str(path[-1]): value}, places, above)


def with_item(text: str, path: Path, value: Value) -> str | None:
    """The text with one more item in the list at `path`.

    A mapping becomes a table of its own after the last one there is; in a list in brackets, an inline table.
    """
    places = layout(text)
    if path in places.values:
        return _with_list_item(text, places, path, written_value(value))
    if not isinstance(value, Mapping):
        return with_value(text, path, [value])
    family: list[Block] = []
    for end in range(len(path), 0, -1):  # its fellows, else the rest of the table it is part of, and so on
        family = family or [block for block in places.blocks if block.path[:end] == path[:end]]
    return _with_table(text, f"[[{_header(path)}]]", value, places, family[-1] if family else None)


def _block(places: Layout, path: Path) -> Block | None:
    return next((block for block in places.blocks if block.path == path), None)


def _header(path: Path) -> str:
    return ".".join(key for key in path if isinstance(key, str))


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with_lines(text: str, block: Block, lines: str) -> str:
    """The text with lines after the last key of a table."""
    line_end = _line_end(text)
    at = _next_line(text, block.end)
    before = text[:at] if text[:at].endswith("\n") else text[:at] + line_end
    return before + lines.replace("\n", line_end) + line_end + text[at:]


def _with_table(text: str, header: str, values: Mapping[str, Value], places: Layout, after: Block | None) -> str:
    """The text with a new table behind `after`, and behind the comments that belong to it; None: at the end."""
    line_end = _line_end(text)
    last = after is None or after is places.blocks[-1]
    at = len(text) if last or after is None else _behind_comments(text, _next_line(text, after.end))
    before, rest = text[:at], text[at:]
    if before and not before.endswith("\n"):
        before += line_end
    if before and not re.search(r"\n[ \t]*\r?\n\Z", before):
        before += line_end
    if rest and not re.match(r"[ \t]*\r?\n", rest):
        rest = line_end + rest
    return before + table(header, values).replace("\n", line_end) + rest


def _next_line(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _behind_comments(text: str, at: int) -> int:
    """Comments right below a table are part of it, unless they stand right above the next header."""
    end = at
    while (line := text[end : _next_line(text, end)]).lstrip().startswith("#"):
        end += len(line)
    return at if line.lstrip().startswith("[") else end


def _with_list_item(text: str, places: Layout, path: Path, item: str) -> str | None:
    start, end = places.values[path]
    close = end - 1
    if text[start : start + 1] != "[":
        return None
    count = 0
    while (*path, count) in places.values:
        count += 1
    if not count:
        return text[: start + 1] + item + text[close:]
    first, last = places.values[*path, count - 1]
    comma = _TO_COMMA.match(text, last, close)
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    if indent.strip() or "\n" not in text[start:first]:  # the last item does not begin a line
        at = comma.end() if comma else last
        return text[:at] + ("" if comma else ",") + f" {item}" + ("," if comma else "") + text[at:]
    head = text[: comma.end()] if comma else text[:last] + ","
    rest = text[len(head) :] if comma else text[last:]
    inside = close - (comma.end() if comma else last)
    line = rest.find("\n", 0, inside) + 1
    if line:
        return head + rest[:line] + f"{indent}{item},{_line_end(text)}" + rest[line:]
    return head + f"{_line_end(text)}{indent}{item}," + rest
