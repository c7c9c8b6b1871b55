"""docs/article.md out of docs/article.toml and the tests' markers ``@pytest.mark.advice("2.1.a3")``."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "article.md"

_TITLES = {
    "I": "Before anything",
    "1": "Before you leave",
    "2": "When you are home",
    "3": "In writing",
    "4": "By telephone, and when they answer",
    "T": "Two tips",
    "B": "Beyond the article: what people ask of other tools",
}


def rows() -> dict[str, dict[str, tuple[str, str]]]:
    """Part -> number -> what the advice says and what does it."""
    read = tomllib.loads((ROOT / "docs" / "article.toml").read_text(encoding="utf-8"))
    return {part: {number: (says, does) for number, (says, does) in found.items()} for part, found in read.items()}


def proofs() -> dict[str, list[str]]:
    """Number -> the tests that are marked with it, as pytest names them."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for name, numbers in _marked(tree, ()):
            for number in numbers:
                found.setdefault(number, []).append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return found


def _marked(node: ast.AST, within: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.ClassDef):
            yield from _marked(one, (*within, one.name))
        elif isinstance(one, ast.FunctionDef):
            numbers = [
                str(argument.value)
                for decorator in one.decorator_list
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.advice"
                for argument in decorator.args
                if isinstance(argument, ast.Constant)
            ]
            if numbers:
                yield "::".join((*within, one.name)), numbers


def page() -> str:
    """The whole page."""
    found = proofs()
    parts = rows()
    every = [number for part in parts.values() for number in part]
    proved = sum(number in found for number in every)
    lines = [
        "# The advice, and what does it",
        "",
        "callplan follows a well-known article of fifteen steps on following up an interview. This table is made by",
        "`scripts/article` from the tests' own markers; a row that no test proves says so.",
        "",
        f"{proved} of {len(every)} rows are proved.",
    ]
    for part, advice in parts.items():
        lines += ["", f"## {_TITLES[part]}", "", "| | The advice | What does it | Proved by |", "|---|---|---|---|"]
        for number, (says, does) in advice.items():
            tests = "<br>".join(_linked(test) for test in found.get(number, [])) or "**not yet**"
            lines.append(f"| {number} | {says} | {does} | {tests} |")
    return "\n".join(lines) + "\n"


def _linked(test: str) -> str:
    path, _, name = test.partition("::")
    return f"[{name.rpartition('::')[2].removeprefix('test_').replace('_', ' ')}](../{path})"


def main(options: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is up to date."""
    unknown = sorted(set(proofs()) - {number for part in rows().values() for number in part})
    if unknown:
        print(f"The tests name advice that docs/article.toml does not have: {', '.join(unknown)}.", file=sys.stderr)
        return 1
    if "--check" not in options:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/article.md is out of date: scripts/article", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
