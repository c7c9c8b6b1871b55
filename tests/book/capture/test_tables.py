"""What a careful assistant would answer about the files of the tables: nothing wrong, and what is uncertain asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from callplan.book.capture.card import read_cards
from callplan.book.capture.invitation import read_invitation
from callplan.book.capture.taken import Taken, UnusableError, report
from callplan.book.capture.who import Applicant

from tests.book.capture.odd_invitations import ODD
from tests.book.capture.phrased_invitations import PHRASED
from tests.book.capture.sent_invitations import SENT
from tests.book.capture.shapes import ANNA
from tests.book.capture.system_cards import CARDS
from tests.book.capture.system_invitations import SYSTEMS
from tests.book.capture.worded_invitations import WORDED

INVITATIONS = SYSTEMS | SENT | ODD | WORDED | PHRASED
ME = Applicant(*ANNA)
#: Said in any case: how the file was read, and what it does not hold at all.
_ANYWAY = {"rounds", "recurrence"}


@pytest.mark.parametrize("name", INVITATIONS)
def test_an_invitation(name: str) -> None:
    compare(*INVITATIONS[name], read_invitation)


@pytest.mark.parametrize("name", CARDS)
def test_a_card(name: str) -> None:
    compare(*CARDS[name], read_cards)


@pytest.mark.parametrize(
    "name", [name for name in INVITATIONS if not INVITATIONS[name][1].keys() & {"refused", "may_refuse"}]
)
def test_the_applicant_is_nobody_who_interviews_even_when_the_settings_do_not_say_who_it_is(name: str) -> None:
    if name in ("40-own-entry", "b32", "41-two-firms"):
        return  # nothing in it says so: sent by herself; as strange to the firm as another; of two firms
    told = report(read_invitation(INVITATIONS[name][0], Applicant()))
    assert ANNA[0] not in [person["name"] for person in told["people"]]
    assert ANNA[0] not in told["application"].values()


def compare(data: bytes, expected: dict[str, Any], read: Callable[[bytes, Applicant], Taken]) -> None:
    try:
        taken = read(data, ME)
        if taken.cancelled:
            raise UnusableError("cancelled.")
    except UnusableError as error:
        assert "refused" in expected or expected.get("may_refuse") or expected.get("refused_or_asked"), error  # noqa: PT017
        assert any(word in str(error) for word in expected.get("refused", [""]))  # noqa: PT017
        return
    assert "refused" not in expected or expected.get("may_take")
    told = report(taken)
    asked = {question["about"] for question in told["questions"]}
    assert not [sign for sign in expected.get("never", []) if sign in json.dumps(told, ensure_ascii=False)]
    if "refused_or_asked" in expected:
        assert asked
        return
    for key in ("company", "position"):
        assert_one_of(told["application"][key], expected, key, asked)
    if told["rounds"]:
        assert_round(told["rounds"], expected)
    assert_people(told["people"], expected)
    assert set(expected.get("ask", ())) <= asked
    open_ones = {key for key in ("company", "position") if expected.get(key) is None}
    assert expected.get("may_ask") or asked <= set(expected.get("ask", ())) | open_ones | _ANYWAY | _unknown(told)


def _unknown(told: dict[str, Any]) -> set[str]:
    """What may be asked because nothing was found, or only the mail domain speaks for it."""
    nothing = {key for key in ("company", "position") if told["application"][key] is None}
    return nothing | {"company"} | ({"people"} if not told["people"] else set())


def assert_one_of(found: str | None, expected: dict[str, Any], key: str, asked: set[str]) -> None:
    if expected.get(key):
        assert found is None or any(one.casefold() in found.casefold() for one in expected[key])
        assert found or key in asked
        assert not found or len(found) < len(expected[key][0]) + 15
    elif key in expected:
        assert found is None or key in asked
    assert not [one for one in expected.get(f"{key}_not", []) if one in (found or "")]


def assert_round(rounds: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    first, last = rounds[0], rounds[-1]
    starts = expected.get("start", first["start"])
    assert any(is_same(first["start"], one) for one in (starts if isinstance(starts, list) else [starts]))
    if "end" in expected:
        assert is_same(last["end"], expected["end"])
    assert len(rounds) == expected.get("rounds", len(rounds))
    assert first["link"] == expected.get("link", first["link"])
    if "place" in expected:
        place = first["place"] or ""
        assert any(one in place for one in expected["place"]) if expected["place"] else not place
    assert not [one for one in expected.get("place_not", []) if one in (first["place"] or "")]


def is_same(found: str | None, wanted: str | None) -> bool:
    if found is None or wanted is None or len(found) == 10 or len(wanted) == 10:
        return found == wanted
    one, other = datetime.fromisoformat(found), datetime.fromisoformat(wanted)
    return (one.tzinfo is None) == (other.tzinfo is None) and one == other


def assert_people(people: list[dict[str, Any]], expected: dict[str, Any]) -> None:
    left = list(people)
    for wanted in expected.get("people", []):
        names = wanted["name"] if isinstance(wanted["name"], list) else [wanted["name"]]
        (person,) = [one for one in left if one["name"] in names]
        left.remove(person)
        assert person["email"] == wanted["email"]
        phones = wanted["phone"] if isinstance(wanted["phone"], list) else [wanted["phone"]]
        assert person["phone"] is None or re.sub(r"[^+\d]", "", person["phone"].partition(" ext")[0]) in phones
        assert person["phone"] or None in phones
        assert wanted["role"] in ("*", None) or (person["role"] or "").casefold() == wanted["role"].casefold()
        assert wanted["timezone"] in (None, person["timezone"])
    allowed = expected.get("maybe", [])
    assert "people" not in expected or not [
        one for one in left if one["name"] not in allowed and one["email"] not in allowed
    ]
    assert not {one["email"] for one in people} & set(expected.get("not_people", []))
    numbers = {re.sub(r"[^+\d]", "", one["phone"] or "") for one in people}
    assert not numbers & set(expected.get("not_phones", []))
