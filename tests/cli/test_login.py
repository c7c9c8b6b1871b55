"""`callplan login`: from an address to a calendar that works, and nothing secret left anywhere."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from callplan.errors import ServerError
from callplan.settings import load_settings
from callplan.sync import discover
from callplan.sync.failures import Failure, Trouble, as_login_error
from callplan.web.builtin import running
from callplan.where import Places
from keyring.backend import KeyringBackend

from tests.cli.conftest import CONFIG, Desk
from tests.servers import PASSWORD, USERNAME, Reply, Server, proxy, radicale, xandikos


class _Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def drawer() -> Iterator[_Drawer]:
    before = keyring.get_keyring()
    found = _Drawer()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        running.make_calendar("work")
        yield running


def _root(server: Server) -> str:
    return server.home.removesuffix(f"{USERNAME}/")


def _login(desk: Desk, address: str, *more: str, code: int = 0, **environment: str) -> Any:
    environment = {"CALLPLAN_PASSWORD": PASSWORD} | environment
    return desk.run("login", address, "--username", USERNAME, *more, code=code, **environment)


def test_the_one_calendar_there_is_taken_tried_and_written_down(desk: Desk, server: Server, drawer: _Drawer) -> None:
    said = _login(desk, _root(server), "--calendar", "work").stdout
    calendar = load_settings(desk.config).calendar
    assert calendar is not None
    assert calendar.url == f"{server.home}work/"
    assert calendar.username == USERNAME
    assert "can be read and written" in " ".join(said.split())
    assert server.read_all(calendar.url) == {}  # the trial has left nothing
    assert list(drawer.kept.values()) == [PASSWORD]


def test_the_password_is_in_no_file_and_on_no_screen(desk: Desk, server: Server, drawer: _Drawer) -> None:
    result = _login(desk, _root(server), "--calendar", "work")
    assert PASSWORD not in result.output
    assert not any(PASSWORD in path.read_text("utf-8", "replace") for path in desk.folder.rglob("*") if path.is_file())


def test_sync_works_right_after(desk: Desk, server: Server, drawer: _Drawer) -> None:
    _login(desk, _root(server), "--make", "Follow-up")
    assert desk.json("sync")["created"]
    assert desk.json("sync")["created"] == []


def test_comments_order_and_everything_else_in_the_settings_stay(desk: Desk, server: Server, drawer: _Drawer) -> None:
    text = "# mine\n" + CONFIG + '\n[calendar]  # the old one\nurl = "https://old.example/x/"\n# keep me\n[feed]\n'
    desk.config.write_text(text, encoding="utf-8")
    _login(desk, _root(server), "--calendar", "work")
    after = desk.config.read_text(encoding="utf-8")
    for line in ("# mine", "[calendar]  # the old one", "# keep me", "[feed]", 'name = "Anna Dahl"'):
        assert line in after
    assert "old.example" not in after


def test_new_settings_are_the_users_own(desk: Desk, server: Server, drawer: _Drawer) -> None:
    desk.config.unlink()
    _login(desk, _root(server), "--calendar", "work")
    assert stat.S_IMODE(desk.config.stat().st_mode) == 0o600


def test_a_calendar_is_made_when_asked_and_listed_under_its_name(desk: Desk, server: Server, drawer: _Drawer) -> None:
    said = _login(desk, server.home, "--make", "After & <interviews>").stdout
    assert 'Made "After & <interviews>"' in said
    names = [one.name for one in discover.discover(_root(server), USERNAME, PASSWORD).calendars]
    assert "After & <interviews>" in names


def test_several_calendars_are_listed_and_one_has_to_be_named(desk: Desk, server: Server, drawer: _Drawer) -> None:
    server.make_calendar("private")
    result = _login(desk, _root(server), code=2)
    assert "work" in result.stdout
    assert "--calendar NAME" in result.stderr
    assert load_settings(desk.config).calendar is None


def test_without_a_keyring_the_command_to_use_is_named(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    said = " ".join(_login(desk, _root(server), "--calendar", "work").stdout.split())
    assert 'password_command = ["pass", "show", "caldav"]' in said
    assert "callplan[keyring]" in said


def test_a_password_command_is_used_and_kept(desk: Desk, server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    _login(desk, _root(server), "--calendar", "work", "--password-command", f"cat {secret}", CALLPLAN_PASSWORD="")
    calendar = load_settings(desk.config).calendar
    assert calendar is not None
    assert calendar.password_command == ("cat", str(secret))
    assert desk.json("sync")["created"]


def test_a_wrong_password_is_told_with_a_word_on_app_passwords(desk: Desk, server: Server) -> None:
    result = _login(desk, _root(server), code=6, CALLPLAN_PASSWORD="wröng")
    assert "app password" in " ".join(result.stderr.split())
    assert "wröng" not in result.output
    assert load_settings(desk.config).calendar is None


def test_google_is_explained_before_anything_is_sent(desk: Desk) -> None:
    for address in ("anna@gmail.com", "https://apidata.googleusercontent.com/caldav/v2/", "www.google.com"):
        result = _login(desk, address, code=6)
        assert "OAuth" in result.stderr
        assert "callplan serve" in " ".join(result.stderr.split())


def test_plain_http_beyond_this_computer_is_refused(desk: Desk) -> None:
    assert "https://" in _login(desk, "http://cal.dahl.example/", code=4).stderr


def test_a_server_without_https_is_told_from_one_without_a_trusted_certificate(desk: Desk, server: Server) -> None:
    said = " ".join(_login(desk, _root(server).removeprefix("http://"), code=5).stderr.split())
    assert "does not speak https" in said
    assert "write http:// before its address" in said
    assert "certificate" not in said


def test_the_built_in_server_speaks_no_https_either(desk: Desk) -> None:
    with running(Places(desk.config, desk.book, desk.folder / "state", desk.folder / "data")) as (url, _, _):
        assert "does not speak https" in _login(desk, url.removeprefix("http://"), code=5).stderr.replace("\n", " ")


def test_a_password_may_come_through_a_pipe(server: Server, tmp_path: Path) -> None:
    places = {f"CALLPLAN_{name.upper()}": str(tmp_path / name) for name in ("config", "book", "state", "data")}
    command = [sys.executable, "-m", "callplan", "login", _root(server), "--username", USERNAME, "--calendar", "work"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CALLPLAN_")} | places
    done = subprocess.run(
        command, env=environment, input=f"{PASSWORD}\n", capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "can be read and written" in done.stdout
    assert "Warning" not in done.stderr  # of getpass: that the terminal, which is none, shows what is typed
    assert PASSWORD not in done.stdout + done.stderr


def test_where_nobody_can_be_asked_the_flags_are_named(desk: Desk) -> None:
    result = desk.run("login", "https://127.0.0.1:9/", code=2)
    assert "--password-command" in result.stderr


@pytest.mark.parametrize("path", ["", "anna/", "anna/work/", ".well-known/caldav"])
def test_every_address_of_the_server_leads_to_its_calendars(server: Server, path: str) -> None:
    account = discover.discover(_root(server) + path, USERNAME, PASSWORD)
    assert f"{server.home}work/" in [one.url for one in account.calendars]
    assert account.home == server.home


def test_xandikos_is_found_too(tmp_path: Path) -> None:
    with xandikos(tmp_path) as running:
        account = discover.discover(running.home.partition("/anna")[0] + "/", None, None)
        assert [one.fits for one in account.calendars] == [True]
        made = discover.make_calendar(running.home, None, None, "Follow-up")
        assert made.url.startswith(running.home)


def test_a_redirect_to_another_domain_gets_no_password(server: Server) -> None:
    with proxy(_root(server)) as between:
        elsewhere = Reply(301, headers={"Location": "https://evil.example/dav/"})
        between.mischief = lambda *_: elsewhere
        with pytest.raises(ServerError, match=r"evil\.example"):
            discover.discover(between.url, USERNAME, PASSWORD)


@pytest.mark.parametrize(
    ("start", "other", "may"),
    [
        ("https://caldav.icloud.com/", "https://p12-caldav.icloud.com/", True),
        ("https://dahl.example/", "https://cal.dahl.example/", True),
        ("https://cal.dahl.example/", "http://cal.dahl.example/", False),
        ("https://cal.dahl.example/", "https://dahl.example.evil.example/", False),
        ("https://dahl.co.uk/", "https://evil.co.uk/", False),
        ("https://dahl.example/", "https://evil.example/", False),
        ("http://127.0.0.1:5232/", "http://127.0.0.1:5233/", True),
        ("http://127.0.0.1:5232/", "https://cal.dahl.example/", False),
    ],
)
def test_a_password_only_goes_where_the_user_would_expect(start: str, other: str, may: bool) -> None:
    with discover._Search(start, "anna", PASSWORD, 1.0) as search:
        assert search._trusted(other) is may


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("http://cal.dahl.example/", 4, "would send your password readable"),
        ("ftp://cal.dahl.example/", 4, "is no web address"),
        ("https://anna:hunter2@cal.dahl.example/", 4, "Leave it out"),
        ("http://127.0.0.1:1/", 5, "Check the address and your connection."),
    ],
)
def test_a_fault_in_what_was_typed_speaks_of_no_settings(desk: Desk, address: str, code: int, said: str) -> None:
    desk.config.unlink()
    shown = desk.run("login", address, "--username", "anna", code=code, CALLPLAN_PASSWORD="secret").stderr
    assert said in " ".join(shown.split())
    assert "[calendar]" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize("failure", Failure)
def test_no_failure_of_a_login_speaks_of_settings_or_of_a_sync(failure: Failure) -> None:
    said = str(as_login_error(Trouble(failure, "507"), "https://cal.dahl.example/"))
    assert "https://cal.dahl.example/" in said
    assert "[calendar]" not in said
    assert "sync" not in said
