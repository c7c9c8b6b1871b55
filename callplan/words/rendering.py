"""Templates: one file a language and kind, whose blocks are the sections. Values filled in are data, never template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment

from callplan.errors import RecordError
from callplan.message import joined, message
from callplan.words.dates import primary

_SHIPPED = Path(__file__).parent / "templates"
_FALLBACK = "en"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def language_for(wanted: str | None, kind: str, folder: Path | None = None) -> tuple[str, bool]:
    """The language a text of that kind can be written in, and whether it is the wanted one; else English.

    `folder` is the user's own templates; a language is known by its folder, ``da`` or ``da-DK``.
    """
    tag = wanted or _FALLBACK
    for candidate in (tag, primary(tag)):
        if any((root / candidate / f"{kind}.j2").is_file() for root in _roots(folder) if _plain(candidate)):
            return tag, True
    return _FALLBACK, False


def render(
    kind: str, language: str, values: Mapping[str, Any], folder: Path | None = None
) -> dict[str, tuple[str, ...]]:
    """Every block of the template as its lines, blank ones left out; a block without lines is left out too.

    Raises `RecordError` when a template of the user's own has a fault, naming file and line.
    """
    rendered = _blocks(kind, language, values, folder)
    lines = {name: tuple(filter(None, map(str.strip, text.split("\n")))) for name, text in rendered.items()}
    return {name: block for name, block in lines.items() if block}


def render_paragraphs(
    kind: str, language: str, values: Mapping[str, Any], folder: Path | None = None
) -> dict[str, tuple[str, ...]]:
    """Every block of the template as its paragraphs: blank lines part them, other line breaks become spaces.

    Raises `RecordError` as `render` does.
    """
    rendered = _blocks(kind, language, values, folder)
    found = {
        name: tuple(filter(None, (" ".join(part.split()) for part in _BLANK_LINE.split(text))))
        for name, text in rendered.items()
    }
    return {name: block for name, block in found.items() if block}


def _blocks(kind: str, language: str, values: Mapping[str, Any], folder: Path | None) -> dict[str, str]:
    candidates = [f"{language}/{kind}.j2", f"{primary(language)}/{kind}.j2"]
    try:
        template = _environment(folder).select_template(candidates)
        context = template.new_context(dict(values))
        "".join(template.root_render_func(context))  # a template that extends another learns its blocks by this
        return {name: "".join(stack[0](context)) for name, stack in context.blocks.items()}
    except TemplateNotFound as error:
        raise RecordError(
            message('There is no template "{name}". The languages are: en, da.', name=str(error.name))
        ) from None
    except TemplateError as error:
        where = getattr(error, "filename", None) or candidates[0]
        line = getattr(error, "lineno", None)
        place = message("{name}, line {line}", name=where, line=line) if line else where
        raise RecordError(joined("", (place, f": {error.message}"))) from None
    except RecursionError:
        raise RecordError(
            message(
                '{file} extends itself. To build on ours, write {{% extends "shipped/{name}" %}}.',
                file=candidates[0],
                name=candidates[-1],
            )
        ) from None
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        raise RecordError(
            message("{file} cannot be filled in: {error}.", file=str(candidates[0]), error=str(error))
        ) from None


@cache
def _environment(folder: Path | None) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=ChoiceLoader(
            [
                *(FileSystemLoader(root) for root in _roots(folder)),
                PrefixLoader({"shipped": FileSystemLoader(_SHIPPED)}),
            ]
        ),
        autoescape=False,  # plain text; the web pages escape it when they show it
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _roots(folder: Path | None) -> list[Path]:
    return [root for root in (folder, _SHIPPED) if root is not None]


def _plain(name: str) -> bool:
    return name.replace("-", "").isalnum()
