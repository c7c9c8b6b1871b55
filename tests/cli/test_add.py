"""`callplan add`: flags, questions, and whose clock it is."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tomllib
from datetime import datetime
from typing import Any

import pytest
from callplan.cli.answers import _company_and_position

from tests.cli.conftest import Desk

NEEDED = ("--company", "Fjord & Søn", "--position", "Data Engineer", "--start", "2026-12-01 10:00-11:15")


def added(desk: Desk, *options: str) -> tuple[dict[str, Any], str]:
    """The file that `add` wrote, and what it said."""
    before = set(desk.book.iterdir())
    result = desk.run("add", *options)
    (path,) = set(desk.book.iterdir()) - before
    assert f"Written: {path}" in result.stdout.replace("\n", "") or str(path) in result.stdout
    return tomllib.loads(path.read_text(encoding="utf-8")), " ".join(result.output.split())


class TestFlags:
    def test_every_flag_reaches_the_file(self, empty: Desk) -> None:
        file, _ = added(
            empty, *NEEDED, "--timezone", "Europe/Copenhagen", "--place", "Havnegade 12", "--link", "https://v.example/1",
            "--person", "Mette Holm", "--person", "Jonas Krag", "--role", "HR Manager", "--email", "m@fjord.example",
            "--phone", "+45 32 12 34 56", "--decision-within", "2 weeks", "--contact", "mette", "--channel", "phone",
            "--country", "dk", "--language", "da", "--invited-by", "email", "--kind", "family", "--why", "the sea",
        )  # fmt: skip
        assert file.pop("id")
        assert file == {
            "company": "Fjord & Søn",
            "position": "Data Engineer",
            "language": "da",
            "country": "DK",
            "timezone": "Europe/Copenhagen",
            "invited_by": "email",
            "kind": "family",
            "why": ["the sea"],
            "people": [
                {"name": "Mette Holm", "role": "HR Manager", "email": "m@fjord.example", "phone": "+45 32 12 34 56"},
                {"name": "Jonas Krag"},
            ],
            "rounds": [
                {
                    "start": datetime(2026, 12, 1, 10),
                    "end": datetime(2026, 12, 1, 11, 15),
                    "place": "Havnegade 12",
                    "link": "https://v.example/1",
                    "panel": ["Mette Holm", "Jonas Krag"],
                    "decision": {"within": "2 weeks", "contact": "Mette Holm", "channel": "phone"},
                }
            ],
        }

    def test_it_says_the_file_and_what_happens_next(self, empty: Desk) -> None:
        _, said = added(empty, *NEEDED, "--person", "Mette Holm", "--phone", "+45 32 12 34 56")
        assert "Interview: Tue 1 Dec 10:00-11:15 in Copenhagen." in said
        assert "thank-you e-mail to Mette Holm, Tue 1 Dec" in said
        assert "status call to Mette Holm" in said
        assert "callplan sync" in said

    def test_an_end_that_is_not_given_is_assumed_and_said_so(self, empty: Desk) -> None:
        file, said = added(empty, *NEEDED[:4], "--start", "1 Dec 2026 10:00", "--timezone", "Europe/Copenhagen")
        assert "end" not in file["rounds"][0]
        assert "10:00-11:00 in Copenhagen, end assumed" in said

    def test_someone_else_who_will_tell_is_added_and_not_to_the_panel(self, empty: Desk) -> None:
        file, said = added(empty, *NEEDED, "--timezone", "Europe/Paris", "--person", "Al", "--contact", "Zoë Blanc")
        assert [person["name"] for person in file["people"]] == ["Al", "Zoë Blanc"]
        assert file["rounds"][0]["panel"] == ["Al"]
        assert "Zoë Blanc is added" in said

    def test_the_same_company_again_is_told_and_never_written_over(self, empty: Desk) -> None:
        added(empty, *NEEDED, "--timezone", "Europe/Paris")
        _, said = added(empty, *NEEDED, "--timezone", "Europe/Paris", "--again")
        assert len(list(empty.book.iterdir())) == 2
        assert "A second round of the same job belongs there" in said

    def test_the_same_job_again_is_refused_with_what_may_be_meant(self, empty: Desk) -> None:
        added(empty, *NEEDED, "--timezone", "Europe/Paris")
        same = empty.run("add", *NEEDED, "--timezone", "Europe/Paris", code=2).stderr
        assert "has this interview already" in same
        assert "--again" in same
        later = empty.run("add", *NEEDED[:5], "2026-12-09 10:00", "--timezone", "Europe/Paris", code=2).stderr
        assert "callplan round" in later
        assert len(list(empty.book.iterdir())) == 1

    @pytest.mark.parametrize(
        ("company", "position", "start", "sentence"),
        [
            ("Nordlys", "data engineer", "2026-12-01 10:30", "has this interview already"),
            ("nordlys energi", "Data Engineer", "2026-12-09 10:00", "is for the same job"),
            ("Nordlys Energi Danmark A/S", "Data Engineer", "2026-12-09 10:00", "is for the same job"),
            ("Nordlys Group", "Platform Engineer", "2026-12-01 09:30-10:30", "has this interview already"),
            ("Nordlys", "Analyst", "2026-12-01T11:00+02:00", "has this interview already"),
            ("Nordlys", "Analyst", "2026-12-01 11:15", None),
            ("Nordlys Group", "Data Engineer", "2026-12-09 10:00", None),
            ("Nord", "Data Engineer", "2026-12-01 10:00", None),
        ],
    )
    def test_the_same_job_is_known_by_the_first_words_of_the_firm(
        self, empty: Desk, company: str, position: str, start: str, sentence: str | None
    ) -> None:
        zone = ("--timezone", "Europe/Copenhagen")
        added(empty, "--company", "Nordlys Energi A/S", *NEEDED[2:], *zone)
        typed = ("add", "--company", company, "--position", position, "--start", start, *zone)
        if sentence:
            assert sentence in " ".join(empty.run(*typed, code=2).stderr.split())
            empty.run(*typed, "--again")
        else:
            empty.run(*typed)

    def test_who_is_taken_apart_and_said_back(self, empty: Desk) -> None:
        file, said = added(
            empty, *NEEDED, "--person", "Mette Holm (CFO), mette@nordlys.example, +45 32 12 34 56", "--person", "Al",
            "--role", "HR Manager", "--role", "CTO",
        )  # fmt: skip
        mette, al = file["people"]
        assert (mette["role"], mette["email"], mette["phone"]) == (
            "HR Manager", "mette@nordlys.example", "+45 32 12 34 56",
        )  # fmt: skip
        assert al == {"name": "Al", "role": "CTO"}
        assert "With: Mette Holm (HR Manager, mette@nordlys.example, +45 32 12 34 56) Al (CTO) Letters" in said

    def test_bare_names_are_said_back_one_a_line(self, empty: Desk) -> None:
        said = empty.run("add", *NEEDED, "--timezone", "Europe/Paris", "--person", "Mette og Jonas").stdout
        assert "With: Mette\n      Jonas\n" in said

    def test_the_firm_of_a_signature_is_no_part_of_the_role(self, empty: Desk) -> None:
        file, _ = added(
            empty, *NEEDED, "--person", "Mette Holm – HR Manager – Fjord & Søn A/S – Tel: +45 (0)32 12 34 56",
        )  # fmt: skip
        assert file["people"] == [{"name": "Mette Holm", "role": "HR Manager", "phone": "+45 32 12 34 56"}]

    def test_a_book_that_does_not_exist_is_made(self, empty: Desk) -> None:
        empty.book.rmdir()
        empty.run("add", *NEEDED, "--timezone", "Europe/Paris")
        assert len(list(empty.book.iterdir())) == 1


class TestWhoseClock:
    def test_the_zone_comes_from_the_number(self, empty: Desk) -> None:
        file, said = added(empty, *NEEDED, "--person", "Jane Roe", "--phone", "+1 212 555 0142")
        assert file["timezone"] == "America/New_York"
        assert file["country"] == "US"
        assert str(file["rounds"][0]["start"]) == "2026-12-01 10:00:00"
        assert "Time zone America/New_York, from +1 212" in said
        assert "16:00-17:15 for you" in said

    def test_the_zone_comes_from_a_country_that_has_one(self, empty: Desk) -> None:
        file, said = added(empty, *NEEDED, "--country", "JP")
        assert file["timezone"] == "Asia/Tokyo"
        assert "from the country JP" in said

    @pytest.mark.parametrize("options", [(), ("--country", "US"), ("--person", "Al", "--phone", "+1 800 555 0199")])
    def test_the_callers_zone_is_never_taken_silently(self, empty: Desk, options: tuple[str, ...]) -> None:
        file, said = added(empty, *NEEDED, *options)
        assert "timezone" not in file
        assert file["rounds"][0]["start"].isoformat() == "2026-12-01T10:00:00+01:00"
        assert "is not known, so no call can be planned yet" in said
        assert "taken as your own (Europe/Copenhagen)" in said

    def test_an_offset_in_the_time_leaves_nothing_to_guess(self, empty: Desk) -> None:
        file, said = added(empty, *NEEDED[:4], "--start", "2026-12-01T10:00-08:00", "--end", "11:00")
        assert file["rounds"][0]["start"].isoformat() == "2026-12-01T19:00:00+01:00"
        assert file["rounds"][0]["end"].isoformat() == "2026-12-01T20:00:00+01:00"
        assert "taken as your own" not in said

    def test_a_zone_that_is_given_goes_before_the_number(self, empty: Desk) -> None:
        file, _ = added(empty, *NEEDED, "--person", "A", "--phone", "+1 212 555 0142", "--timezone", "Europe/London")
        assert file["timezone"] == "Europe/London"


class TestRefused:
    @pytest.mark.parametrize(
        ("options", "part", "code"),
        [
            ((), "--company, --position, --start must be given", 2),
            (("--company", "X"), "--position, --start must be given", 2),
            ((*NEEDED, "--timezone", "Europe/Copenhage"), "Europe/Copenhagen", 2),
            ((*NEEDED, "--phone", "+45 32 12 34 56"), "Say whose they are", 2),
            ((*NEEDED, "--person", "A", "--phone", "+4512"), "cannot be rung", 2),
            ((*NEEDED, "--person", "A", "--phone", "32 12 34 56"), "country code", 2),
            ((*NEEDED, "--end", "12:00"), "given twice", 2),
            ((*NEEDED[:5], "2026-12-01 10:00", "--end", "09:00"), "before it begins", 2),
            ((*NEEDED[:5], "soon"), "no day and time", 2),
            ((*NEEDED[:5], "tomorrow noonish"), '"noonish" is no time of day', 2),
            ((*NEEDED, "--decision-by", "2026-12-20", "--decision-within", "2 weeks"), "not both", 2),
            ((*NEEDED, "--decision-within", "a while"), "no length of time", 2),
            ((*NEEDED, "--person", "Mette Holm", "--contact", "Mete Holm"), 'Did you mean "Mette Holm"', 2),
            ((*NEEDED[:5], "2027-03-28 02:30", "--timezone", "Europe/Paris"), "does not exist", 2),
            ((*NEEDED, "--person", "A", "--email", "nobody", "--timezone", "Europe/Paris"), "email", 4),
            ((*NEEDED, "--person", "Mette Holm, nobody@nordlys", "--timezone", "Europe/Paris"), "nobody@nordlys", 4),
            ((*NEEDED, "--person", "Tom A, (212) 555-0142"), '"(212) 555-0142" has no country code', 2),
            ((*NEEDED, "--country", "XX", "--timezone", "Europe/Paris"), "XX", 4),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_and_nothing_is_written(
        self, empty: Desk, options: tuple[str, ...], part: str, code: int
    ) -> None:
        assert part in " ".join(empty.run("add", *options, code=code).stderr.split())
        assert list(empty.book.iterdir()) == []

    def test_with_nobody_to_ask_it_does_not_hang(self, empty: Desk) -> None:
        reader, writer = os.pipe()  # stays open and silent
        try:
            assert empty.process("add", stdin=reader).returncode == 2
        finally:
            os.close(reader)
            os.close(writer)


@pytest.mark.parametrize(
    ("typed", "company", "position"),
    [
        ("Nordlys Energi, Data Engineer", "Nordlys Energi", "Data Engineer"),
        ("Leith, Inc., Analyst", "Leith, Inc.", "Analyst"),
        ("Smith, Jones & Partners", "Smith, Jones & Partners", None),
        ("Smith, Jones & Co, Clerk", "Smith, Jones & Co", "Clerk"),
        ("Fjord, Sales and Marketing Manager", "Fjord", "Sales and Marketing Manager"),
    ],
)
def test_a_company_and_a_position_in_one_answer(typed: str, company: str, position: str | None) -> None:
    assert _company_and_position(typed) == (company, position)


class TestQuestions:
    def answered(self, desk: Desk, *answers: str) -> tuple[str, int]:
        """What `add` shows at a terminal where these answers are typed, one a question; and its exit code."""
        main, side = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "callplan", "add"],
            env={**os.environ, **desk.environment, "TERM": "dumb", "COLUMNS": "200"},
            stdin=side,
            stdout=side,
            stderr=side,
        ) as process:
            os.close(side)
            shown = self._until_prompt(main)
            for answer in answers:
                os.write(main, f"{answer}\n".encode())
                shown += self._until_prompt(main)
            os.write(main, b"\x04")
            code = process.wait(timeout=60)
        os.close(main)
        return shown, code

    def _until_prompt(self, main: int) -> str:
        shown = b""
        # With its space: a clock time that is echoed ("10:") ends no prompt, and what is sent then is a paste.
        while not shown.endswith(b": ") or shown.count(b"\n") > 40:
            if not select.select([main], [], [], 30)[0]:
                break
            try:
                chunk = os.read(main, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        return shown.decode()

    def test_five_answers_make_an_application(self, empty: Desk) -> None:
        shown, code = self.answered(
            empty, "Leith Renewables", "Analyst", "2026-12-01 10:00-11:00", "Fiona Drummond, Iain Macrae",
            "+44 131 496 0123",
        )  # fmt: skip
        assert code == 0, shown
        assert "When do they decide" not in shown  # five is the most
        file = tomllib.loads((empty.book / "leith-renewables.toml").read_text(encoding="utf-8"))
        assert file["timezone"] == "Europe/London"
        assert [person["name"] for person in file["people"]] == ["Fiona Drummond", "Iain Macrae"]
        assert file["people"][0]["phone"] == "+44 131 496 0123"

    def test_a_pasted_line_saves_questions_and_the_decision_is_asked_for(self, empty: Desk) -> None:
        shown, code = self.answered(
            empty, "Leith Renewables, Inc., Analyst", "2026-12-01 10:00",
            "Fiona Drummond, HR Manager, fiona@leith.example, +44 131 496 0123; Iain Macrae (CTO)", "2 weeks",
        )  # fmt: skip
        assert code == 0, shown
        (path,) = empty.book.iterdir()
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        assert (file["company"], file["position"]) == ("Leith Renewables, Inc.", "Analyst")
        assert "Company: Leith Renewables, Inc.; position: Analyst." in shown
        assert file["people"][0]["email"] == "fiona@leith.example"
        assert file["people"][1] == {"name": "Iain Macrae", "role": "CTO"}
        assert file["rounds"][0]["decision"]["within"] == "2 weeks"

    def test_the_last_answer_may_be_a_zone_and_the_one_before_nothing(self, empty: Desk) -> None:
        shown, code = self.answered(empty, "Leith", "Analyst", "2026-12-01 10:00", "", "Europe/London")
        assert code == 0, shown
        file = tomllib.loads((empty.book / "leith.toml").read_text(encoding="utf-8"))
        assert file["timezone"] == "Europe/London"
        assert "people" not in file

    def test_a_wrong_answer_is_asked_again(self, empty: Desk) -> None:
        shown, code = self.answered(
            empty, "Leith", "Analyst", "next week", "2026-12-01 10:00", "Al", "Europe/Londn", "Europe/London"
        )
        assert code == 0, shown
        assert "no day and time" in shown
        assert 'Did you mean "Europe/London"?' in shown

    @pytest.mark.parametrize(
        ("answer", "number"), [("", {}), ("+45 32 12 34 56", {"phone": "+45 32 12 34 56"}), ("Europe/London", {})]
    )
    def test_a_number_of_an_unknown_country_costs_nothing_else_and_is_asked_for(
        self, empty: Desk, answer: str, number: dict[str, str]
    ) -> None:
        shown, code = self.answered(
            empty, "Leith", "Analyst", "2026-12-01 10:00", "Jonas Krag, +45 32 12 34 57; Mette Holm, HR, 32 12 34 56",
            answer,
        )  # fmt: skip
        assert code == 0, shown
        assert "The number of Mette Holm is left open: 32 12 34 56 has no country code." in shown
        assert "Mette Holm's telephone number" in shown
        file = tomllib.loads((empty.book / "leith.toml").read_text(encoding="utf-8"))
        assert file["people"] == [
            {"name": "Jonas Krag", "phone": "+45 32 12 34 57"},
            {"name": "Mette Holm", "role": "HR", **number},
        ]

    @pytest.mark.parametrize("unknown", ["?", "-", "I don't know", "ved ikke", "None", "weiß ich noch nicht"])
    def test_who_does_not_know_may_say_so(self, empty: Desk, unknown: str) -> None:
        shown, code = self.answered(empty, "Leith", "Analyst", "2026-12-01 10:00", unknown, unknown)
        assert code == 0, shown
        file = tomllib.loads((empty.book / "leith.toml").read_text(encoding="utf-8"))
        assert "people" not in file
        assert "timezone" not in file

    def test_leaving_half_way_writes_nothing(self, empty: Desk) -> None:
        shown, code = self.answered(empty, "Leith", "Analyst")
        assert code == 130, shown
        assert list(empty.book.iterdir()) == []
