"""Everything that a server can answer instead of what was asked, to each question that sync asks.

Each ends with a sentence and an exit code; one item that is refused never stops the rest; and the next sync in good
weather ends in the calendar that was wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from callplan.errors import CallplanError
from callplan.sync.failures import Failure, Trouble
from callplan.sync.report import PartlySyncedError

from tests.servers import Reply
from tests.sync.build import event, events, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.pretend import Flavour

_HALF = b'<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/anna/'
_PAGE = b"<!doctype html><html><form>Sign in<br></form></html>"


def _timeout() -> Reply:
    raise Trouble(Failure.TIMEOUT)


#: What is answered; exit code and sentence when it is the answer to a question, then to a write of one item.
ANSWERS: dict[str, tuple[Callable[[], Reply], int, str, str]] = {
    "400": (lambda: Reply(400), 5, "failed", "is refused"),
    "401": (lambda: Reply(401), 6, "refused the name", "refused the name"),
    "403": (lambda: Reply(403), 6, "does not allow this", "may not be written"),
    "404": (lambda: Reply(404), 5, "no calendar at", "no place on the server"),
    "409": (lambda: Reply(409), 5, "no calendar at", "UID stands elsewhere"),
    "412": (lambda: Reply(412), 5, "failed", "changed on the server"),
    "413": (lambda: Reply(413), 5, "failed", "is refused"),
    "423": (lambda: Reply(423), 5, "failed", "was not stored"),
    "429": (lambda: Reply(429, headers={"Retry-After": "7200"}), 5, "pause of 2 hours", "pause of 2 hours"),
    "500": (lambda: Reply(500), 5, "failed", "was not stored"),
    "502": (lambda: Reply(502), 5, "failed", "was not stored"),
    "503": (lambda: Reply(503, headers={"Retry-After": "90"}), 5, "pause of 90 seconds", "pause of 90 seconds"),
    "504": (lambda: Reply(504), 5, "failed", "was not stored"),
    "507": (lambda: Reply(507), 5, "no room left", "no room left"),
    "reset": (lambda: Reply(cut=True), 5, "broke off", "was not stored"),
    "reset-after": (lambda: Reply(cut=True, forward=True), 5, "broke off", "was not stored"),
    "timeout": (_timeout, 5, "did not answer in time", "was not stored"),
    "half-xml": (lambda: Reply(207, _HALF, {"Content-Type": "application/xml"}), 5, "no calendar data", ""),
    "json": (lambda: Reply(200, b"{}", {"Content-Type": "application/json"}), 5, "no calendar data", ""),
    "login-page": (lambda: Reply(200, _PAGE, {"Content-Type": "text/html"}), 5, "login page", "login page"),
    "redirect": (lambda: Reply(302, headers={"Location": "https://new.example/"}), 5, "sends callplan to", "sends"),
}

#: Failures of one item: everything else is written all the same.
OF_AN_ITEM = ("400", "404", "409", "412", "413", "423", "500", "502", "504")

WANTED = [event(0), event(1), replace(event(2), summary="Call now"), event(3), event(6)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return pretend_desk(Flavour("plain"), tmp_path / "anna")


def _synced(desk: Desk) -> None:
    """The next sync has an edit to read, an event to change, one to add and one to take away."""
    for _ in range(2):
        desk.sync(events(5))
    desk.edit(uid(1), lambda text: text.replace("LOCATION:by phone", "LOCATION:outside"))


def _good_weather(desk: Desk) -> None:
    desk.proxy.mischief = None
    for _ in range(2):
        report = desk.sync(WANTED)
    assert report.changes == 0
    assert sorted(desk.items()) == sorted(f"{one.uid}.ics" for one in WANTED)
    assert "LOCATION:outside" in desk.items()[f"{uid(1)}.ics"]
    assert "SUMMARY:Call now" in desk.items()[f"{uid(2)}.ics"]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("question", ["sync-collection", "calendar-multiget", "propfind"])
def test_a_question_that_is_not_answered_has_a_sentence(desk: Desk, question: str, answer: str) -> None:
    reply, code, says, _ = ANSWERS[answer]
    if question == "propfind":  # the first contact
        desk.proxy.mischief = lambda *_: reply()
        with pytest.raises(CallplanError, match=says) as caught:
            desk.sync(events(5))
        assert caught.value.exit_code == code
        assert desk.items() == {}
        desk.proxy.mischief = None
    _synced(desk)
    before = desk.items()
    desk.proxy.mischief = lambda *_: reply() if question.encode() in desk.proxy.bodies[-1] else None
    told: CallplanError | None = None
    try:
        # A report refused is asked for in another way, and one item missing from an answer is none of ours.
        assert desk.sync(WANTED).failed == ()
    except CallplanError as error:
        told = error
    if told is not None:
        assert says in str(told)
        assert told.exit_code == code
        assert desk.items() == before
    _good_weather(desk)


@pytest.mark.parametrize("answer", [name for name, row in ANSWERS.items() if row[3]])
@pytest.mark.parametrize(("method", "number"), [("PUT", 2), ("PUT", 6), ("DELETE", 4)])
def test_an_item_that_is_not_taken_has_a_sentence_and_stops_no_other(
    desk: Desk, method: str, number: int, answer: str
) -> None:
    reply, code, of_all, of_one = ANSWERS[answer]
    _synced(desk)
    desk.proxy.mischief = lambda _n, sent, path: reply() if sent == method and uid(number) in path else None
    if method == "DELETE" and answer == "404":  # it is gone, as was wanted
        desk.sync(WANTED)
        desk.server.request("DELETE", f"{desk.url}{uid(number)}.ics")
    elif answer == "reset-after":  # it was done, which is seen by looking; what was not sent yet is listed
        with suppress(PartlySyncedError):
            desk.sync(WANTED)
    else:
        with pytest.raises(CallplanError) as caught:
            desk.sync(WANTED)
        assert of_one in str(caught.value) or (answer not in OF_AN_ITEM and of_all in str(caught.value))
        assert caught.value.exit_code in (code, 8)
        if answer in OF_AN_ITEM:
            assert isinstance(caught.value, PartlySyncedError)
            assert [line.uid for line in caught.value.report.failed] == [uid(number)]
    _good_weather(desk)
