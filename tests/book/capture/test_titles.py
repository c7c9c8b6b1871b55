"""Company and position out of titles as people write them, in a dozen languages."""

# ruff: noqa: E501 - a table

from __future__ import annotations

import pytest
from callplan.book.capture.invitation import read_invitation
from callplan.book.capture.who import Applicant

from tests.book.capture.invited import ME, calendar

# title, organizer, company, position, what is asked
TITLES = [
    ("Interview - Finance Manager - Ridgeway Homes", "a.b@ridgeway.example", "Ridgeway Homes", "Finance Manager", ()),
    ("Ridgeway Homes | Finance Manager | Interview", "a.b@ridgeway.example", "Ridgeway Homes", "Finance Manager", ()),
    ("2nd interview Finance Manager, Ridgeway Homes Ltd", "a.b@rwh.example", "Ridgeway Homes Ltd", "Finance Manager", ()),
    ("Invitation: Job interview for Finance Manager at Ridgeway", "a.b@rwh.example", "Ridgeway", "Finance Manager", ()),
    ("Video interview with Ridgeway Homes (Finance Manager)", "no-reply@calendly.com", "Ridgeway Homes", "Finance Manager", ("company", "people")),
    ("Alex Winter - Finance Manager - 1st Stage Interview", "a.b@ridgeway.example", "Ridgeway", "Finance Manager", ("company",)),
    ("Samtale hos Ridgeway vedr. stilling som økonomichef", "a.b@ridgeway.dk", "Ridgeway", "økonomichef", ()),
    ("Indkaldelse til jobsamtale som økonomichef hos Ridgeway A/S", "a.b@ridgeway.dk", "Ridgeway A/S", "økonomichef", ()),
    ("1. samtale: Økonomichef - Ridgeway A/S", "a.b@ridgeway.dk", "Ridgeway A/S", "Økonomichef", ()),
    ("Einladung zum Bewerbungsgespräch bei Ridgeway GmbH als Finanzleiter (w/m/d)", "a@ridgeway.de", "Ridgeway GmbH", "Finanzleiter", ()),
    ("Vorstellungsgespräch | Finanzleiter:in | Ridgeway", "a.b@ridgeway.de", "Ridgeway", "Finanzleiter:in", ()),
    ("Kennenlernen Ridgeway x Alex", "a.b@ridgeway.de", "Ridgeway", None, ("position",)),
    ("Teams-Interview Herr Winter - Finanzleiter", "a.b@ridgeway.de", "Ridgeway", "Finanzleiter", ("company",)),
    ("Entretien Ridgeway - Responsable financier H/F", "a.b@ridgeway.fr", "Ridgeway", "Responsable financier", ()),
    ("Entretien pour le poste de Responsable financier chez Ridgeway", "a@ridgeway.fr", "Ridgeway", "Responsable financier", ()),
    ("Entrevista de trabajo: Gerente financiero - Ridgeway", "a.b@ridgeway.es", "Ridgeway", "Gerente financiero", ()),
    ("Colloquio Ridgeway - Responsabile amministrativo", "a.b@ridgeway.it", "Ridgeway", "Responsabile amministrativo", ()),
    ("Intervju för tjänsten som Ekonomichef på Ridgeway AB", "a.b@ridgeway.se", "Ridgeway AB", "Ekonomichef", ()),
    ("Rozmowa kwalifikacyjna - Analityk danych - Ridgeway Sp. z o.o.", "a@ridgeway.pl", "Ridgeway Sp. z o.o.", "Analityk danych", ()),
    ("Onsite Interview (Round 2) - Ridgeway - Senior Software Engineer (Remote)", "a@ridgeway.io", "Ridgeway", "Senior Software Engineer", ()),
    ("[Ridgeway] Technical Interview - Senior Software Engineer, Payments", "jobs@ridgeway.io", "Ridgeway", "Senior Software Engineer", ("people",)),
    ("Ridgeway <> Alex Winter: Hiring Manager Chat", "a.b@ridgeway.io", "Ridgeway", None, ("position",)),
    ("Your interview with Ridgeway is confirmed", "a.b@ridgeway.io", "Ridgeway", None, ("position",)),
    ("Interview Loop: Alex Winter (Data Scientist) - Ridgeway", "a.b@ridgeway.com", "Ridgeway", "Data Scientist", ()),
    ("Ref 4711 / Interview - UX-Designer (80-100%) - Ridgeway AG", "a.b@ridgeway.ch", "Ridgeway AG", "UX-Designer", ()),
    ("Alex Winter / Ada Brook", "ada.brook@ridgeway.com", "Ridgeway", None, ("company", "position")),
    ("Interview", "ada@gmail.com", None, None, ("company", "position")),
    ("Interview: Wetland", "ada@gmail.com", None, None, ("company", "position")),
    ("Kestrel & Pike: second interview with Alex Winter", "ada@gmail.com", "Kestrel & Pike", None, ("position",)),
]  # fmt: skip


@pytest.mark.parametrize(("title", "organizer", "company", "position", "asks"), TITLES, ids=[one[0] for one in TITLES])
def test_a_title_says_which_job_it_is_about(
    title: str, organizer: str, company: str | None, position: str | None, asks: tuple[str, ...]
) -> None:
    name = "Ridgeway Jobs" if organizer.startswith("jobs") else "Ada Brook"
    written = title.replace(",", "\\,").replace(";", "\\;")
    data = calendar(
        f"DTSTART:20270112T090000Z\nSUMMARY:{written}\nORGANIZER;CN={name}:mailto:{organizer}\n"
        "ATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example\nDESCRIPTION:Hi Alex\\nBest\\nAda"
    )
    taken = read_invitation(data, Applicant(*ME))
    assert (taken.company, taken.position) == (company, position)
    assert {question.about for question in taken.questions} == set(asks)
