"""`callplan doctor`: each thing that can be wrong is told, with the remedy and the exit code."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from tests.cli.conftest import CONFIG, NORDLYS, Desk
from tests.servers import PASSWORD, USERNAME, Server, free_port, radicale


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        running.make_calendar("work")
        yield running


def _use(desk: Desk, url: str) -> None:
    desk.config.write_text(f'{CONFIG}\n[calendar]\nurl = "{url}"\nusername = "{USERNAME}"\n', encoding="utf-8")


def _checks(desk: Desk, code: int = 0, **environment: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in json.loads(desk.run("doctor", "--json", code=code, **environment).stdout):
        found.setdefault(one["health"], []).append(one["check"])
    return found


def test_all_is_well(desk: Desk) -> None:
    desk.run("sync")
    checks = _checks(desk)
    assert set(checks) == {"ok"}
    assert {"settings", "permissions", "book", "state", "clock", "calendar"} <= set(checks["ok"])


def test_it_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.folder.rglob("*"))
    desk.run("doctor")
    assert sorted(desk.folder.rglob("*")) == before


def test_a_faulty_book_and_faulty_settings_end_with_4_and_hide_nothing(desk: Desk) -> None:
    desk.put("nordlys", NORDLYS.replace("position", "positon"))
    desk.config.write_text("[mee]\n", encoding="utf-8")
    result = desk.run("doctor", code=4)
    assert "nordlys.toml" in result.stdout
    assert '"mee" is no setting' in result.stdout


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX here")
def test_files_open_to_others_are_told_with_the_command(desk: Desk) -> None:
    desk.run("sync")
    (desk.folder / "state").chmod(0o755)
    assert "chmod go-rwx" in " ".join(desk.run("doctor", code=4).stdout.split())


def test_a_damaged_state_is_told(desk: Desk) -> None:
    desk.run("sync")
    (state,) = (desk.folder / "state").glob("state-*.sqlite")
    state.write_bytes(b"x" * 9000)
    assert "Move it away" in " ".join(desk.run("doctor", code=4).stdout.split())


def test_missing_facts_about_the_user_are_a_warning(desk: Desk) -> None:
    desk.config.write_text("", encoding="utf-8")
    assert "you" in _checks(desk)["warn"]


def test_a_calendar_of_ones_own_is_looked_at(desk: Desk, server: Server) -> None:
    _use(desk, f"{server.home}work/")
    assert {"password", "calendar"} <= set(_checks(desk, CALLPLAN_PASSWORD=PASSWORD)["ok"])


def test_a_wrong_password_ends_with_6(desk: Desk, server: Server) -> None:
    _use(desk, f"{server.home}work/")
    assert _checks(desk, code=6, CALLPLAN_PASSWORD="wrong")["fault"] == ["calendar"]


def test_a_server_that_is_not_there_ends_with_5(desk: Desk) -> None:
    _use(desk, f"http://127.0.0.1:{free_port()}/x/")
    assert _checks(desk, code=5, CALLPLAN_PASSWORD="x")["fault"] == ["calendar"]
    desk.run("doctor", "--offline")


def test_an_address_that_is_no_calendar_leads_to_login(desk: Desk, server: Server) -> None:
    _use(desk, server.home)
    assert "callplan login" in " ".join(desk.run("doctor", code=5, CALLPLAN_PASSWORD=PASSWORD).stdout.split())


def test_a_read_only_calendar_is_told(desk: Desk) -> None:
    folder = desk.folder / "server"
    with radicale(folder) as writable:
        writable.make_calendar("shared")
    with radicale(folder, read_only=True) as running:
        _use(desk, f"{running.home}shared/")
        assert "read-only" in desk.run("doctor", code=6, CALLPLAN_PASSWORD=PASSWORD).stdout
