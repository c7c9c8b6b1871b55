"""A desk to work at: a book, settings and a state of their own, and callplan run over them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from callplan.cli import cli
from click.testing import CliRunner, Result

NORDLYS = """\
# my favourite
id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"
company = "Nordlys Energi"
position = "Data Engineer"
country = "DK"
timezone = "Europe/Copenhagen"
why = ["They built the first tidal park I ever visited"]

[[people]]
name = "Mette Holm"
role = "HR Manager"
email = "mette.holm@nordlys.example"
phone = "+45 32 12 34 56"

[[people]]
name = "Jonas Krag"
email = "jonas.krag@nordlys.example"

[[rounds]]
start = 2026-11-16T10:00:00
end = 2026-11-16T11:15:00
panel = ["Mette Holm", "Jonas Krag"]

[rounds.decision]
by = 2026-11-30
contact = "Mette Holm"

[[fit]]
need = "runs Airflow in production"
strength = "ran 40 DAGs for three years"
"""

HUDSON = """\
id = "0b2f7a51-54cf-4c0e-9a51-6cc2b0a3e7aa"
company = "Hudson Freight"
position = "Analyst"
country = "US"
timezone = "America/New_York"

[[people]]
name = "Jane Roe"
phone = "+1 212 555 0142"

[[rounds]]
start = 2026-11-12T10:00:00
panel = ["Jane Roe"]
"""

CONFIG = """\
[me]
name = "Anna Dahl"
email = "anna@dahl.example"
phone = "+45 32 12 34 00"
timezone = "Europe/Copenhagen"
country = "DK"
"""

#: Just after the interview at Nordlys Energi.
NOW = "2026-11-16T12:30:00+01:00"


class Desk:
    """A book of one's own. `run` runs a command in this process, `process` in another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = folder / "book"
        self.book.mkdir()
        self.now = NOW
        self.config = folder / "config.toml"
        self.config.write_text(CONFIG, encoding="utf-8")

    def put(self, name: str, text: str) -> Path:
        """A file in the book."""
        path = self.book / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "CALLPLAN_CONFIG": str(self.config),
            "CALLPLAN_BOOK": str(self.book),
            "CALLPLAN_STATE": str(self.folder / "state"),
            "CALLPLAN_DATA": str(self.folder / "data"),
            "CALLPLAN_NOW": self.now,
            "COLUMNS": "80",
        }

    def run(self, *arguments: str, code: int = 0, **environment: str) -> Result:
        """The command's result; it must end with `code`."""
        result = CliRunner().invoke(cli, arguments, env=self.environment | environment, prog_name="callplan")
        assert result.exit_code == code, (result.output, result.exception)
        return result

    def asked(self, monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str, code: int = 0) -> Result:
        """The command's result when somebody is there to type."""
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
        result = CliRunner().invoke(cli, arguments, input=typed, env=self.environment, prog_name="callplan")
        assert result.exit_code == code, (result.output, result.exception)
        return result

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What the command said with ``--json``."""
        return json.loads(self.run(*arguments, "--json", code=code).stdout)

    def process(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """The command in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "callplan", *arguments],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            **more,
        )

    def log(self, *words: str, at: str | None = None) -> None:
        """Something logged, at that moment."""
        before, self.now = self.now, at or self.now
        self.run("log", *words)
        self.now = before


@pytest.fixture
def empty(tmp_path: Path) -> Desk:
    """A desk with an empty book."""
    return Desk(tmp_path)


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """A desk with two applications, Danish and American."""
    empty.put("nordlys", NORDLYS)
    empty.put("hudson", HUDSON)
    return empty
