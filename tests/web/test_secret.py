"""Secrets: made, judged, taken back."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from callplan.cli import cli
from callplan.cli.frame import Frame
from callplan.errors import RecordError
from callplan.web.secret import Secret, SecretFile, Verdict, password
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_secret_is_made_on_first_use_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "state" / "feed-secret.json"
    made = SecretFile(path).secret()
    assert made.current
    assert len(made.current) >= 22  # 128 bits in base64
    assert SecretFile(path).secret() == made


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "feed-secret.json"
    SecretFile(path).secret()
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "feed-secret.json"
    SecretFile(path).secret()
    path.chmod(0o644)
    SecretFile(path).secret()
    assert mode(path) == 0o600


def test_rotation_revokes_the_old_secret_and_makes_a_new_one(tmp_path: Path) -> None:
    file = SecretFile(tmp_path / "s.json")
    old = file.secret().current
    new = file.rotate().current
    assert old
    assert new
    assert file.secret().judge(old) is Verdict.REVOKED
    assert file.secret().judge(new) is Verdict.CURRENT
    assert file.secret().judge("x" * 32) is Verdict.UNKNOWN


def test_revoking_shuts_the_door_until_rotation(tmp_path: Path) -> None:
    file = SecretFile(tmp_path / "s.json")
    old = file.secret().current
    assert old
    assert file.revoke().current is None
    assert file.secret().judge(old) is Verdict.REVOKED
    assert file.secret().judge("") is Verdict.UNKNOWN
    assert file.rotate().current


def test_what_was_revoked_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    file = SecretFile(path)
    old = file.secret().current
    file.rotate()
    assert old
    assert old not in path.read_text(encoding="utf-8")


def test_a_rotation_by_another_process_shows_at_once(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    here, there = SecretFile(path), SecretFile(path)
    old = here.secret().current
    there.rotate()
    assert old
    assert here.secret().judge(old) is Verdict.REVOKED


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"current": "short", "revoked": []}', '{"current": 7, "revoked": []}']
)
def test_a_file_that_holds_no_secret_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "s.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=r"s\.json"):
        SecretFile(path).secret()


@given(st.text(), st.text(min_size=1))
def test_only_the_secret_itself_opens_the_door(offered: str, current: str) -> None:
    assert (Secret(current).judge(offered) is Verdict.CURRENT) == (offered == current)


def test_the_password_is_made_once_and_can_be_typed(tmp_path: Path) -> None:
    path = tmp_path / "state" / "calendar-password"
    made = password(path)
    assert password(path) == made
    assert mode(path) == 0o600
    assert len(made.replace("-", "")) == 28  # of 31 letters: 138 bits
    assert not set(made) & set("il10oO")


def test_an_emptied_password_file_asks_for_a_new_password(tmp_path: Path) -> None:
    path = tmp_path / "calendar-password"
    old = password(path)
    path.write_text("\n", encoding="utf-8")
    assert password(path) not in {"", old}


def test_the_file_says_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    SecretFile(path).secret()
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"current", "revoked"}


def test_the_commands_take_secrets_back(tmp_path: Path) -> None:
    where = {
        "CALLPLAN_STATE": str(tmp_path),
        "CALLPLAN_DATA": str(tmp_path),
        "CALLPLAN_CONFIG": str(tmp_path / "c.toml"),
    }
    pages, feed = SecretFile(tmp_path / "pages-secret.json"), SecretFile(tmp_path / "feed-secret.json")
    old_pages, old_feed = str(pages.secret().current), str(feed.secret().current)
    old_password = password(tmp_path / "calendar-password")

    def run(*options: str) -> str:
        outcome = CliRunner().invoke(cli, ["serve", *options], env=where, standalone_mode=False, obj=Frame())
        assert outcome.exception is None
        return outcome.output

    assert "feed" in run("--new-secret", "feed")
    assert (feed.secret().judge(old_feed), pages.secret().judge(old_pages)) == (Verdict.REVOKED, Verdict.CURRENT)
    run("--revoke", "pages")
    assert pages.secret().current is None
    said = run("--new-secret", "all")
    assert pages.secret().current is not None
    assert password(tmp_path / "calendar-password") != old_password
    for secret in (pages.secret().current, feed.secret().current, password(tmp_path / "calendar-password")):
        assert str(secret) not in said
