"""The documents tell what the program does: every key, code and dependency they list is the one it has."""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from callplan import errors
from callplan.book.read import read_application
from callplan.book.types import INCOMING, LOGGABLE_STEPS, OUTCOMES
from callplan.plan.world import Rules
from callplan.setting_values import LANGUAGES
from callplan.settings import load_settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def chapter(page: str, heading: str) -> str:
    """The text between a heading that begins so and the next one of its rank or above."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(rf"^(#+) {re.escape(heading)}.*?$(.*?)(?=^#{{1,2}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{page} has no chapter {heading}"
    return found[2]


def first_column(table: str) -> list[str]:
    """What stands in backticks in the first column of the tables."""
    return [name for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE) for name in re.findall("`([^`]+)`", row)]


def test_every_rule_is_documented_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", chapter("settings.md", "`[rules]`"), re.MULTILINE))
    assert told == {one.name: str(one.default) for one in fields(Rules)}


def test_every_language_is_documented() -> None:
    row = next(line for line in chapter("settings.md", "`[me]`").splitlines() if line.startswith("| `language`"))
    assert all(f"`{language}`" in row for language in LANGUAGES)


@pytest.mark.parametrize("words", [INCOMING, LOGGABLE_STEPS, OUTCOMES])
def test_every_word_of_the_log_is_documented(words: tuple[str, ...]) -> None:
    told = re.findall("`([a-z-]+)`", chapter("application-file.md", "`[[log]]`"))
    assert set(words) <= set(told)


def test_the_log_documents_no_word_that_would_be_refused() -> None:
    rows = re.findall(r"^\| `(?:step|outcome)` \|.*$", chapter("application-file.md", "`[[log]]`"), re.MULTILINE)
    assert len(rows) == 2
    told = {word for row in rows for word in re.findall("`([a-z-]+)`", row)} - {"step", "outcome"}
    assert told == {*INCOMING, *LOGGABLE_STEPS, *OUTCOMES}


def test_the_example_of_the_application_file_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "application-file.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "nordlys.toml").write_text(example, encoding="utf-8")
    assert read_application(tmp_path / "nordlys.toml").company == "Nordlys Energi"


def test_the_settings_in_the_readme_are_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "config.toml").write_text(example, encoding="utf-8")
    assert load_settings(tmp_path / "config.toml").me.name == "Anna Dahl"


def test_every_exit_code_is_documented() -> None:
    told = set(re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE))
    known = {one.exit_code for one in vars(errors).values() if isinstance(one, type) and hasattr(one, "exit_code")}
    assert {str(code) for code in known | {0}} <= told


@pytest.mark.parametrize(
    ("command", "heading", "one_of_a_list"),
    [
        (("plan",), "`callplan plan --json`", True),
        (("list",), "`callplan list --json`", True),
        (("show", "nordlys"), "`callplan show NAME --json`", False),
        (("script", "brightwater"), "`callplan script NAME --json`", False),
        (("card", "nordlys"), "`callplan card NAME --json`", False),
        (("stats",), "`callplan stats --json`", False),
        (("lessons",), "`callplan lessons --json`", True),
        (("sync", "--dry-run"), "`callplan sync --json`", False),
    ],
)
def test_every_key_of_json_is_documented(
    command: tuple[str, ...], heading: str, one_of_a_list: bool, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CALLPLAN_")} | {
        "CALLPLAN_CONFIG": str(ROOT / "samples/config.toml"),
        "CALLPLAN_BOOK": str(ROOT / "samples/applications"),
        "CALLPLAN_STATE": str(tmp_path / "state"),
        "CALLPLAN_DATA": str(tmp_path / "data"),
        "CALLPLAN_NOW": "2026-11-23T08:00:00+01:00",
    }
    said = subprocess.run(
        [sys.executable, "-m", "callplan", *command, "--json"], env=environment, capture_output=True, check=True
    )
    found = json.loads(said.stdout)
    told, _, _ = chapter("json.md", heading).partition("| status |")  # a table of its own
    assert set(found[0] if one_of_a_list else found) == set(first_column(told))


def test_every_dependency_has_its_reason() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = dict(setup["options.extras_require"])
    wanted = "\n".join([setup["options"]["install_requires"], *extras.values()])
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    for name in re.findall(r"^([A-Za-z0-9-]+)", wanted, re.MULTILINE):
        assert name.startswith("types-") or re.search(rf"\b{re.escape(name)}\b", text), name
