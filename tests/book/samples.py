"""The application file of the contract, and ways to change a piece of it."""

from __future__ import annotations

import json
from pathlib import Path

from callplan.book.read import parse_application
from callplan.errors import RecordError

NORDLYS = """\
# Anna's own notes come first.
id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"   # made once
company = "Nordlys Energi"
position = "Data Engineer"
language = "da"
country = "DK"
timezone = "Europe/Copenhagen"
invited_by = "email"
kind = "family"
why = ["They built the first tidal park I ever visited"]

[[people]]
name = "Mette Holm"
role = "HR Manager"
email = "mette.holm@nordlys.example"
phone = "+45 32 12 34 56"
calls = true

[[people]]
name = "Jonas Krag"
phone = "32 12 34 57 ext. 12"
best_hours = ["08:00-09:00", "15:30-16:00"]

[[rounds]]
start = 2026-11-16T10:00:00
end = 2026-11-16T11:15:00
place = "Havnegade 12, Aarhus"
link = "https://meet.nordlys.example/first"
panel = ["Mette Holm", "Jonas Krag"]

[rounds.decision]   # what they answered
by = 2026-11-30
contact = "Mette Holm"
channel = "phone"

[rounds.notes]
topics = ["moving the load forecast to streaming"]
valued = ["calm under incident pressure", { text = "writes things down", by = "Jonas Krag" }]

[[rounds.notes.questions]]
asked = "How would you backfill two years of meter data?"
rating = 2
better = "Partition by meter, not by day"

[[log]]
at = 2026-11-16T12:30:00+01:00
step = "thank-you"
outcome = "sent"
to = ["Mette Holm"]
note = ""
# she answered within the hour

# --- what they need ---
[[fit]]
need = "runs Airflow in production"
strength = "ran 40 DAGs for three years, two incidents"
"""


def changed(old: str, new: str, text: str = NORDLYS) -> str:
    """The text with one piece replaced, which must be in it."""
    assert old in text
    return text.replace(old, new, 1)


def complaint(text: str) -> str:
    """What is said of a faulty file; empty when there is nothing to say."""
    try:
        parse_application(text, "nordlys")
    except RecordError as error:
        return str(error)
    return ""


def hostile_strings() -> tuple[list[str], list[str]]:
    """Names that are right, and strings that are anything."""
    right: list[str] = []
    others: list[str] = []
    into = right
    for line in (Path(__file__).parents[1] / "hostile-strings.txt").read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            into = right if "names that are right" in line else others
        elif line:
            into.append(json.loads(line))
    return right, others


def raw(path: Path) -> str:
    """A file's text, with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def files(folder: Path) -> list[str]:
    """The names in a folder, in order."""
    return sorted(path.name for path in folder.iterdir())
