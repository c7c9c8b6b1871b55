"""Files of other shapes: what is general must hold for them too."""

from __future__ import annotations

import pytest
from callplan.book.capture.card import read_cards
from callplan.book.capture.invitation import read_invitation
from callplan.book.capture.taken import Taken, UnusableError
from callplan.book.capture.who import Applicant

from tests.book.capture import further_cards
from tests.book.capture.further_cards import CARDS
from tests.book.capture.further_invitations import INVITATIONS
from tests.book.capture.invited import ME, calendar

#: Questions that may be added to those expected: the invitations are about something else.
_ALWAYS_ALLOWED = {"company", "position", "people", "rounds"}


def test_there_are_more_than_forty_of_them() -> None:
    assert len(INVITATIONS) + len(CARDS) > 80


@pytest.mark.parametrize("name", INVITATIONS)
def test_an_invitation_of_another_shape_gives_what_it_says(name: str) -> None:
    data, expected = INVITATIONS[name]
    if expected.error:
        with pytest.raises(UnusableError, match=expected.error):
            read_invitation(data, Applicant(*ME))
        return
    taken = read_invitation(data, Applicant(*ME))
    one = taken.rounds[0]
    found = {
        "start": one.start, "end": one.end, "link": one.link, "place": one.place, "company": taken.company,
        "position": taken.position, "timezone": taken.timezone,
    }  # fmt: skip
    wanted = {key: getattr(expected, key) for key in found}
    assert {key: found[key] for key, value in wanted.items() if value != "" and (key != "start" or value)} == {
        key: value for key, value in wanted.items() if value != "" and (key != "start" or value)
    }
    assert len(taken.rounds) == expected.rounds
    if expected.people is not None:
        assert tuple((person.name, person.email) for person in taken.people) == expected.people
    for person in taken.people:
        assert person.phone == expected.phones.get(person.name, person.phone)
        assert person.role == expected.roles.get(person.name, person.role)
    asked = {question.about for question in taken.questions}
    assert set(expected.asks) <= asked <= set(expected.asks) | _ALWAYS_ALLOWED


@pytest.mark.parametrize("name", CARDS)
def test_a_card_of_another_shape_gives_what_it_says(name: str) -> None:
    data, expected = CARDS[name]
    if expected.error:
        with pytest.raises(UnusableError, match=expected.error):
            read_cards(data)
        return
    taken = read_cards(data)
    assert len(taken.people) == expected.people
    assert expected.company in ("", taken.company)
    for person in taken.people[:1]:
        for key in ("name", "role", "email", "phone", "timezone", "honorific"):
            assert getattr(expected, key) in ("", getattr(person, key)), key
    assert tuple(question.about for question in taken.questions) == expected.asks


def names(taken: Taken) -> list[str]:
    return [person.name for person in taken.people]


def test_without_settings_the_only_guest_is_the_applicant() -> None:
    data = calendar(
        "DTSTART:20270112T090000Z\nSUMMARY:Interview\nORGANIZER;CN=Ivy Cole:mailto:ivy@saltmarsh.example\n"
        "ATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example"
    )
    assert names(read_invitation(data, Applicant())) == ["Ivy Cole"]


def test_without_settings_the_one_who_is_greeted_is_the_applicant() -> None:
    data = calendar(
        "DTSTART:20270112T090000Z\nSUMMARY:Interview\nORGANIZER;CN=Ivy Cole:mailto:ivy@saltmarsh.example\n"
        "ATTENDEE;CN=Sam Oak:mailto:sam@saltmarsh.example\nATTENDEE;CN=Alex Winter:mailto:alex.winter@post.example\n"
        "DESCRIPTION:Dear Alex\\nwelcome"
    )
    assert names(read_invitation(data, Applicant())) == ["Ivy Cole", "Sam Oak"]


def test_people_of_one_name_are_one() -> None:
    data = further_cards.card("FN:Ivy Cole") + further_cards.card("FN:IVY COLE")
    assert names(read_cards(data)) == ["Ivy Cole"]
