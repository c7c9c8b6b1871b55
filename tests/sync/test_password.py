"""Where the password comes from, and that it goes nowhere else."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
from callplan.errors import LoginError
from callplan.settings import CalendarSettings
from callplan.sync.password import find_password

SECRET = "s3cret-håndtryk"


def _calendar(*command: str) -> CalendarSettings:
    return CalendarSettings("https://cal.dahl.example/dav/anna/", "anna", command)


def _python(code: str) -> CalendarSettings:
    return _calendar(sys.executable, "-c", code)


def test_the_environment_comes_first() -> None:
    assert find_password(_python("raise SystemExit(1)"), {"CALLPLAN_PASSWORD": SECRET}) == SECRET


def test_the_command_gives_its_first_line_as_it_stands() -> None:
    code = f"import sys; sys.stdout.buffer.write({SECRET!r}.encode() + b'  \\nlogin: anna\\n')"
    assert find_password(_python(code), {}) == SECRET + "  "


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise SystemExit(3)", "failed with code 3"),
        ("pass", "printed nothing"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')", "no text"),
        ("import time; time.sleep(60)", "gave no answer"),
    ],
)
def test_a_command_that_gives_no_password_is_named_with_a_way_out(code: str, says: str) -> None:
    with pytest.raises(LoginError, match=says):
        find_password(_python(code), {}, patience=1.0)


def test_what_the_command_complains_is_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(LoginError) as caught:
        find_password(_python(f"import sys; sys.stderr.write({SECRET!r}); print({SECRET!r}); raise SystemExit(1)"), {})
    shown = capfd.readouterr()
    assert SECRET not in str(caught.value) + shown.out + shown.err


def test_a_missing_command_is_a_sentence() -> None:
    with pytest.raises(LoginError, match='"no-such-vault" is not on this computer'):
        find_password(_calendar("no-such-vault"), {})


def test_the_keyring_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def get_password(service: str, account: str) -> str:
        asked.append((service, account))
        return SECRET

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    assert find_password(_calendar(), {}) == SECRET
    assert asked == [("callplan", "anna@cal.dahl.example")]


def test_a_locked_keyring_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_password(_service: str, _account: str) -> str:
        raise RuntimeError(SECRET)

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
    with pytest.raises(LoginError, match="cannot be read") as caught:
        find_password(_calendar(), {})
    assert SECRET not in str(caught.value)


def test_without_any_password_the_ways_to_give_one_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(LoginError, match="CALLPLAN_PASSWORD"):
        find_password(_calendar(), {})
