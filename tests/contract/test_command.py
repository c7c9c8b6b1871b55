"""Sections 3, 4 and 7 of the contract: the JSON, the exit codes, the faults, and the etiquette of `callplan log`."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest

from tests.contract.desk import BEFORE, METTE, SETTINGS, Desk, firm, of, one, round_of

KEYS = {
    "application", "round", "step", "to", "phone", "start", "end", "due", "timezone", "status", "assumed", "why",
    "advice", "uid",
}  # fmt: skip
STATUSES = {"planned", "tentative", "due", "late", "done", "skipped", "refused", "unplaced"}


def test_the_keys_are_those_of_the_contract(desk: Desk) -> None:
    desk.put(firm(log="2026-11-16T12:30 thank-you sent"))
    steps = desk.plan("2026-11-16T13:00+01:00")
    for step in steps:
        assert set(step) == KEYS
        assert step["status"] in STATUSES
        assert re.fullmatch(r"[a-z0-9-]+", step["uid"])
        assert isinstance(step["to"], list)
        assert step["why"].endswith((".", "?", "!"))
        assert all(
            datetime.fromisoformat(step[key]).utcoffset() is not None for key in ("start", "end", "due") if step[key]
        )
    assert len({step["uid"] for step in steps}) == len(steps)


def test_the_uids_depend_on_nothing_but_the_application_and_the_step(desk: Desk) -> None:
    desk.put(firm(), "one-name")
    first = {step["uid"] for step in desk.plan()}
    (desk.book / "one-name.toml").unlink()
    desk.put(firm(rounds=round_of(decision="by = 2026-12-15")), "another-name")
    assert {step["uid"] for step in desk.plan()} == first


def test_nothing_at_all_is_fine(desk: Desk) -> None:
    (desk.folder / "config.toml").unlink()
    answer = desk.run("plan", "--json")
    assert (answer.exit_code, json.loads(answer.stdout)) == (0, [])


def test_the_shell_gets_the_same(desk: Desk) -> None:
    desk.put(firm())
    answer = desk.run_apart("plan", "--json", now=BEFORE)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == desk.plan()


#: What is wrong in the file, the file, what the error must name besides the file.
FAULTS = [
    ("unknown key", firm().replace("position =", "postion ="), ["line 3", "postion", "position"]),
    ("no such person", firm(rounds=round_of(panel=("Mete Holm",))), ["line ", "Mete Holm", "Mette Holm"]),
    ("ends before it starts", firm(rounds=round_of(end="2026-11-16T09:00:00")), ["line ", "end"]),
    ("no such local time", firm(rounds=round_of("2026-03-29T02:30:00", None)), ["line ", "start", "02:30"]),
    ("no such number", firm(people=METTE.replace("32 12 34 56", "12")), ["line 12", "phone", "+45 12"]),
    ("wrong type", firm(people=METTE + 'calls = "no"\n'), ["line 13", "calls", "true"]),
    (
        "two answers on the date",
        firm(rounds=round_of(decision='by = 2026-11-30\nwithin = "2 weeks"')),
        ["by", "within"],
    ),
    ("no such period", firm(rounds=round_of(decision='within = "soonish"')), ["within", "soonish"]),
    ("no such zone", firm(head='timezone = "Europe/Kopenhagen"'), ["line 4", "timezone", "Europe/Copenhagen"]),
    ("no such outcome", firm(log="2026-11-16T12:30 thank-you sended"), ["sended", "sent"]),
    ("no TOML", "company = \n", ["line 1"]),
    ("no zone for its times", firm(head='country = "DK"'), ["timezone"]),
]


@pytest.mark.parametrize(("text", "named"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_names_file_line_key_and_remedy_and_hides_no_good_file(desk: Desk, text: str, named: list[str]) -> None:
    desk.put(text, "crooked")
    desk.put(firm(number=2), "good")
    answer = desk.run("plan", "--json")
    assert answer.exit_code == 4, answer.output
    assert {step["application"] for step in json.loads(answer.stdout)} == {"good"}
    for word in ["crooked.toml", *named]:
        assert word in answer.stderr
    assert "Traceback" not in answer.output


def test_every_faulty_file_and_every_fault_is_reported(desk: Desk) -> None:
    desk.put(firm(people=METTE + 'calls = "no"\nfone = "1"\n'), "a")
    desk.put("nonsense", "b")
    errors = desk.run("plan", "--json").stderr
    assert all(word in errors for word in ("a.toml", "calls", "fone", "b.toml"))


def test_two_files_with_one_id_are_a_fault(desk: Desk) -> None:
    desk.put(firm(), "a")
    desk.put(firm(), "b")
    answer = desk.run("plan", "--json")
    assert answer.exit_code == 4
    assert "a.toml" in answer.stderr
    assert "b.toml" in answer.stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("[rules]\nmax_call = 1\n", ["line 2", "max_call", "max_calls"]),
        ('[me]\ntimezone = "Mars/Olympus"\n', ["line 2", "timezone"]),
        ('[me]\nwaking_hours = "20:00-07"\n', ["line 2", "waking_hours"]),
        ('[colour]\nname = "red"\n', ["line 1", "colour"]),
        ('[calendar]\nurl = "https://cal.example/"\npassword = "hunter2"\n', ["line 3", "password"]),
    ],
)
def test_a_fault_of_the_settings_names_line_and_key(desk: Desk, settings: str, named: list[str]) -> None:
    desk.settle(settings)
    answer = desk.run("plan", "--json")
    assert answer.exit_code == 4
    for word in ["config.toml", *named]:
        assert word in answer.stderr
    assert "hunter2" not in answer.output


@pytest.mark.parametrize(
    ("words", "now", "code"),
    [
        (["plan", "fjrod", "--json"], BEFORE, 2),
        (["plan", "firm", "--json"], BEFORE, 2),  # two of them
        (["plan", "--jsn"], BEFORE, 2),
        (["plam"], BEFORE, 2),
        (["plan"], "yesterday", 2),
        (["plan", "fjo", "--json"], BEFORE, 0),  # any unambiguous part
    ],
)
def test_usage_is_code_two(desk: Desk, words: list[str], now: str, code: int) -> None:
    desk.put(firm(), "fjord")
    desk.put(firm(number=2), "bjerg")
    answer = desk.run(*words, now=now)
    assert answer.exit_code == code, answer.output
    assert "Traceback" not in answer.output
    if words[1:2] == ["fjrod"]:
        assert "fjord" in answer.stderr


# Etiquette.

MAILED = "2026-11-30T09:30 follow-up sent\n"
CALLED = MAILED + "2026-12-07T08:35 call reached\n"
CALLED_TWICE = CALLED + "2026-12-17T08:35 second-call reached\n"
STRICT = SETTINGS + "[rules]\nmax_calls = 1\n"

#: What was done, what is tried, the settings, what the refusal must name.
REFUSED = [
    ("a second follow-up", MAILED, "follow-up sent", SETTINGS, "3.5"),
    ("a third call", CALLED_TWICE, "call reached", SETTINGS, "3.5"),
    ("a third call by its other name", CALLED_TWICE, "second-call reached", SETTINGS, "3.5"),
    ("a second call, read strictly", CALLED, "second-call reached", STRICT, "3.5"),
]


@pytest.mark.parametrize(
    ("log", "words", "settings", "advice"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_manners_forbid_is_refused_and_nothing_is_written(
    desk: Desk, log: str, words: str, settings: str, advice: str
) -> None:
    desk.settle(settings)
    path = desk.put(firm(log=log))
    before = path.read_bytes()
    answer = desk.run("log", "fjord", *words.split(), now="2026-12-18T09:00+01:00")
    assert answer.exit_code == 3, answer.output
    assert path.read_bytes() == before
    assert advice in answer.stderr
    assert "--override" in answer.stderr


@pytest.mark.parametrize(
    ("log", "words", "settings", "_advice"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_an_override_is_logged(desk: Desk, log: str, words: str, settings: str, _advice: str) -> None:
    desk.settle(settings)
    path = desk.put("# mine\n" + firm(log=log))
    before = path.read_text()
    answer = desk.run("log", "fjord", *words.split(), "--override", "they asked me to", now="2026-12-18T09:00+01:00")
    assert answer.exit_code == 0, answer.output
    after = path.read_text()
    assert after.startswith(before.rstrip("\n")), "appended, nothing else touched"
    assert 'override = "they asked me to"' in after
    assert desk.run("plan", "--json", now="2026-12-18T09:01+01:00").exit_code == 0


def test_a_follow_up_of_another_round_is_allowed(desk: Desk) -> None:
    second = round_of("2026-12-09T10:00:00", "2026-12-09T11:00:00", decision="by = 2026-12-14")
    desk.put(firm(rounds=round_of() + second, log=MAILED))
    assert desk.run("log", "fjord", "follow-up", "sent", now="2026-12-16T09:00+01:00").exit_code == 0


def test_a_try_that_reached_nobody_is_no_call(desk: Desk) -> None:
    path = desk.put(firm(log=MAILED))
    for at in ("2026-12-02T08:35", "2026-12-02T15:35", "2026-12-03T08:35"):
        assert desk.run("log", "fjord", "no", "answer", now=at + "+01:00").exit_code == 0
    assert path.read_text().count('outcome = "no-answer"') == 3
    assert desk.run("log", "fjord", "call", "reached", now="2026-12-03T15:35+01:00").exit_code == 0


@pytest.mark.parametrize("step", ["answer", "rejection-reply"])
def test_an_answer_to_their_message_is_always_allowed(desk: Desk, step: str) -> None:
    coming = "offer" if step == "answer" else "rejection"
    desk.put(firm(log=CALLED_TWICE + f"2026-12-18T08:00 {coming} by=email"))
    assert desk.run("log", "fjord", step, "sent", now="2026-12-18T14:00+01:00").exit_code == 0


def test_who_asked_not_to_be_called_is_not_called(desk: Desk) -> None:
    desk.put(firm(log=MAILED))
    assert desk.run("log", "fjord", "call", "asked-not-to-call", now="2026-12-02T08:35+01:00").exit_code == 0
    steps = desk.plan("2026-12-02T09:00+01:00")
    assert all(
        step["start"] is None or step["status"] == "done" for step in [*of(steps, "call"), *of(steps, "second-call")]
    )


def test_a_time_they_asked_for_is_kept(desk: Desk) -> None:
    desk.put(firm(log=MAILED))
    words = ["log", "fjord", "call", "bad-moment", "--time", "2026-12-03 14:00"]
    assert desk.run(*words, now="2026-12-02T08:35+01:00").exit_code == 0
    step = next(each for each in of(desk.plan("2026-12-02T09:00+01:00"), "call") if each["status"] != "done")
    assert step["start"] == "2026-12-03T14:00:00+01:00"


def test_a_log_by_command_is_the_log_by_hand(desk: Desk) -> None:
    desk.put(firm(log="2026-12-02T09:30 follow-up sent"))
    by_hand = desk.plan("2026-12-02T10:00+01:00")
    desk.put(firm())
    assert (
        desk.run(
            "log", "fjord", "follow-up", "sent", "--at", "2026-12-02 09:30", now="2026-12-02T10:00+01:00"
        ).exit_code
        == 0
    )
    assert desk.plan("2026-12-02T10:00+01:00") == by_hand


def test_undo_brings_the_plan_back(desk: Desk) -> None:
    desk.put(firm())
    now = "2026-12-02T10:00+01:00"
    before = desk.plan(now)
    assert desk.run("log", "fjord", "follow-up", "sent", now=now).exit_code == 0
    assert one(desk.plan(now), "follow-up")["status"] == "done"
    assert desk.run("log", "fjord", "follow-up", "undone", now=now).exit_code == 0
    assert desk.plan(now) == before
