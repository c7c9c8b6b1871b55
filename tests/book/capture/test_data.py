"""Every file of the data gives what `expected.json` says, each read in a process of its own."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.book.capture.apart import Kind, taken_from
from callplan.book.capture.taken import Taken, UnusableError, report

DATA = Path(__file__).parent / "data"
INVITATIONS = json.loads((DATA / "invitations" / "expected.json").read_text(encoding="utf-8"))
CARDS = json.loads((DATA / "cards" / "expected.json").read_text(encoding="utf-8"))


def took(folder: str, name: str, kind: Kind, expected: dict[str, Any]) -> tuple[Taken, dict[str, Any]] | None:
    """What the file gives, and its report; None where it was refused, as it may be."""
    began = time.monotonic()
    me = INVITATIONS["me"]
    try:
        taken = taken_from((DATA / folder / name).read_bytes(), kind, name=me["name"], email=me["email"])
    except UnusableError as error:
        assert expected.get("error") or expected.get("may_refuse"), error  # noqa: PT017
        assert any(word in str(error).lower() for word in expected.get("message_any", [""]))  # noqa: PT017
        return None
    finally:
        assert time.monotonic() - began < expected.get("seconds", 15)
    assert not expected.get("error") or expected.get("may_take") or taken.cancelled, "should have been refused"
    return taken, report(taken)


@pytest.mark.parametrize("name", sorted(INVITATIONS["files"]))
def test_an_invitation_gives_what_is_expected(name: str) -> None:
    expected = INVITATIONS["files"][name]
    found = took("invitations", name, "invitation", expected)
    if found is None or expected.get("error"):
        return
    taken, told = found
    one = told["rounds"][0]
    asked = [question["about"] for question in told["questions"]]
    if "ask" in expected:
        assert expected["ask"] in asked
        assert one["start"] == expected.get("local_start", expected.get("date"))
        assert one["end"] == expected.get("local_end")
    else:
        assert same_moment(one["start"], expected["start"])
        assert any(same_moment(one["end"], end) for end in expected.get("end_any", [expected["end"]]))
        assert not {"timezone", "time"} & set(asked)
    assert len(told["rounds"]) == expected.get("rounds", 1)
    for key in ("company", "position"):
        if f"{key}_any" in expected:
            assert any(word in (told["application"][key] or "") for word in expected[f"{key}_any"])
            assert key not in asked or key == "company"
    assert expected.get("place", "") in (one["place"] or "")
    for text in expected.get("place_not", []):
        assert text not in (one["place"] or "")
    if "link" in expected:
        assert one["link"] == expected["link"]
    assert_people(told["people"], expected)
    if "uid" in expected:
        assert taken.rounds[0].uids == (expected["uid"],)
        assert taken.rounds[0].sequence == expected["sequence"]


def same_moment(one: str | None, other: str) -> bool:
    return one is not None and datetime.fromisoformat(one) == datetime.fromisoformat(other)


def assert_people(people: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    by_address = {person["email"]: person for person in people}
    for wanted in [*expected.get("people", []), *([expected["organizer"]] if "organizer" in expected else [])]:
        person = by_address[wanted["email"]]
        if "name_has" in wanted:
            assert all(part in person["name"] for part in wanted["name_has"])
        elif person["name"] != wanted["name"]:
            assert person["name"] in wanted["name_any"]
    assert not set(by_address) & set(expected.get("not_people", []))
    allowed = {one["email"] for one in expected.get("people", [])} | set(expected.get("either_people", []))
    assert "people" not in expected or set(by_address) - {None} <= allowed  # None: named in a sentence
    assert len(people) <= expected.get("most_people", 50)
    phones = {re.sub(r"[^+\d]", "", person["phone"] or "") for person in people}
    assert not phones & set(expected.get("not_phones", []))


@pytest.mark.parametrize("name", sorted(CARDS["files"]))
def test_a_card_gives_what_is_expected(name: str) -> None:
    expected = CARDS["files"][name]
    found = took("cards", name, "card", expected)
    if found is None or expected.get("error"):
        return
    taken, told = found
    people = told["people"]
    assert expected.get("ask") is None or taken.asks(expected["ask"])
    assert bool(told["questions"]) <= bool(expected.get("may_ask") or expected.get("ask"))
    assert len(people) <= expected.get("most_people", 50)
    for person in people:
        assert person["name"] not in expected.get("not_name", [])
    for text in expected.get("never_in_values", []):
        values = [value for person in people for value in person.values() if value] + [told["application"]["company"]]
        assert all(text not in value for value in values)
    if "cards" not in expected:
        assert told["application"]["company"] == expected["company"]
        return
    assert len(people) == len(expected["cards"])
    for person, wanted, whole in zip(people, expected["cards"], taken.people, strict=True):
        assert_card(person, wanted, told["application"]["company"])
        if "honorific" in wanted:
            assert (whole.honorific or "").rstrip(".") == wanted["honorific"]


def assert_card(person: dict[str, Any], wanted: dict[str, Any], company: str) -> None:
    if "name_starts" in wanted:
        assert person["name"].startswith(wanted["name_starts"])
    elif person["name"] != wanted["name"]:
        assert person["name"] in wanted["name_any"]
    assert wanted["company"] is None or company == wanted["company"]
    assert wanted["role"] is None or (person["role"] or "") == wanted["role"]
    assert person["email"] == next(iter(wanted["emails"]), None)
    number, _, extension = (person["phone"] or "").partition(" ext. ")
    assert re.sub(r"[^+\d]", "", number) == next(iter(wanted["phones"]), "")
    assert extension == wanted.get("extension", "")
    assert person["timezone"] == wanted.get("timezone")
