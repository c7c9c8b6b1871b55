"""Both sides changed the same thing: `sync` shows both, does all else, ends with 7, and one command settles it."""

from __future__ import annotations

import re
from collections.abc import Callable

from callplan.web import builtin
from callplan.where import Places

from tests.cli.conftest import NORDLYS, Desk
from tests.servers import Server


def _edit_interview(desk: Desk, change: Callable[[str], str]) -> str:
    """Change the interview's event as a phone would; its UID."""
    places = Places(desk.config, desk.book, desk.folder / "state", desk.folder / "data")
    with builtin.running(places) as (url, username, password):
        server = Server("built-in", url, username, password)
        (name,) = [name for name, text in server.read_all(url).items() if "SUMMARY:Interview: Nordlys" in text]
        server.edit(url, name, change)
    return name.removesuffix(".ics")


def _said(text: str) -> str:
    return " ".join(text.split())


def _clash(desk: Desk) -> str:
    """The user gives the interview's event a place, and the record another; the UID."""
    desk.put("nordlys", NORDLYS.replace("panel =", 'place = "Havnegade 12"\npanel ='))
    desk.run("sync")
    uid = _edit_interview(desk, lambda text: re.sub("LOCATION:.*", "LOCATION:Havnegade 14", text))
    desk.put("nordlys", NORDLYS.replace("panel =", 'place = "Havnegade 16"\npanel ='))
    return uid


def test_a_conflict_shows_both_versions_ends_with_7_and_nothing_else_waits(desk: Desk) -> None:
    uid = _clash(desk)
    desk.put("later", NORDLYS.replace("Nordlys", "Later").replace("6d0b8f0e", "7d0b8f0e"))
    result = desk.run("sync", code=7)
    said = _said(result.stdout)
    assert 'Calendar: "Havnegade 14". Record: "Havnegade 16"' in said
    [event] = re.findall(r'callplan sync --resolve "(.+?)" theirs', said)
    assert event.startswith("Interview: ")  # a name that can be said
    assert "Later" in said
    assert desk.json("sync", code=7)["conflicts"][0]["uid"] == uid
    desk.run("sync", "--resolve", event.replace(" ", "\n    ", 1), "theirs")  # as it is copied from a wrapped line
    desk.run("sync")


def test_mine_takes_the_records_version_and_theirs_the_calendars(desk: Desk) -> None:
    for choice, kept in (("theirs", "Havnegade 14"), ("mine", "Havnegade 16")):
        uid = _clash(desk)
        desk.run("sync", code=7)
        desk.run("sync", "--resolve", uid if choice == "mine" else "interview: nordlys", choice)
        found: list[str] = []
        _edit_interview(desk, lambda text, found=found: found.append(text) or text)  # type: ignore[misc]
        assert f"LOCATION:{kept}" in found[0]
        desk.run("sync")
        if choice == "theirs":
            desk.run("sync", "--resolve", uid, "mine")


def test_a_choice_that_names_nothing_is_told_with_what_there_is(desk: Desk) -> None:
    uid = _clash(desk)
    desk.run("sync", code=7)
    assert uid in desk.run("sync", "--resolve", "hudson", "mine", code=2).stderr
    assert "theirs" in desk.run("sync", "--resolve", uid, "both", code=2).stderr


def test_a_calendar_found_emptied_is_one_object_for_programs_too(desk: Desk) -> None:
    desk.put("nordlys", NORDLYS)
    desk.run("sync")
    places = Places(desk.config, desk.book, desk.folder / "state", desk.folder / "data")
    with builtin.running(places) as (url, username, password):
        server = Server("built-in", url, username, password)
        for name in server.read_all(url):
            server.request("DELETE", url + name)
    for options in ((), ("--dry-run",)):
        found = desk.json("sync", *options, code=7)
        (told,) = found.pop("messages")
        assert "are gone from the calendar. Nothing was changed." in told
        assert "--allow-deletions" in told
        assert (found.pop("dry_run"), found.pop("calendar").startswith("builtin:")) == (bool(options), True)
        assert not any(found.values())
    plain = desk.run("sync", code=7)
    assert plain.stdout.strip() == ""
    assert "--restore" in plain.stderr
    assert len(desk.json("sync", "--restore")["created"]) > 0
