"""`sync`, `serve`, `export`, `edit`: what leaves the book, and what comes back into it."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import icalendar
import pytest

from tests.cli.conftest import NORDLYS, Desk


def said(text: str) -> str:
    return " ".join(text.split())


class TestExport:
    def test_the_file_is_a_calendar_of_the_plan(self, desk: Desk, tmp_path: Path) -> None:
        file = tmp_path / "plan.ics"
        said = desk.run("export", str(file)).stdout
        calendar = icalendar.Calendar.from_ical(file.read_bytes())
        uids = {str(event["uid"]) for event in calendar.walk("VEVENT")}
        gone = ("done", "skipped", "refused", "unplaced")
        planned = {s["uid"] for s in desk.json("plan") if s["status"] not in gone or s["step"] == "interview"}
        assert uids == planned
        assert f"{len(uids)} events written" in said

    def test_a_dash_is_standard_output(self, desk: Desk) -> None:
        octets = desk.run("export", "-").stdout_bytes
        assert octets.startswith(b"BEGIN:VCALENDAR\r\n")
        assert octets.endswith(b"END:VCALENDAR\r\n")

    def test_a_file_that_cannot_be_written_is_named_as_it_was_typed(self, desk: Desk) -> None:
        file = desk.folder / "nowhere" / "plan.ics"
        assert said(desk.run("export", str(file), code=4).stderr) == (
            f"Error: {file} cannot be written: No such file or directory."
        )

    def test_exporting_again_gives_the_same_bytes(self, desk: Desk) -> None:
        assert desk.run("export", "-").stdout_bytes == desk.run("export", "-").stdout_bytes

    def test_a_new_file_is_like_any_other_and_an_old_one_keeps_its_mode(self, desk: Desk, tmp_path: Path) -> None:
        file = tmp_path / "plan.ics"
        plain = tmp_path / "plain"
        plain.touch()
        desk.run("export", str(file))
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
        file.chmod(0o600)
        desk.run("export", str(file))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_a_link_is_followed(self, desk: Desk, tmp_path: Path) -> None:
        target, link = tmp_path / "real.ics", tmp_path / "link.ics"
        target.write_text("old", encoding="utf-8")
        link.symlink_to(target)
        desk.run("export", str(link))
        assert link.is_symlink()
        assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")

    def test_the_last_good_version_of_a_faulty_file_counts(self, desk: Desk) -> None:
        before = desk.run("export", "-").stdout_bytes
        desk.put("nordlys", NORDLYS.replace('company = "', "company = "))
        result = desk.run("export", "-", code=4)
        assert result.stdout_bytes == before
        assert "nordlys.toml is faulty, so its events are those of the version saved on" in said(result.stderr)
        assert "nordlys.toml, line 3" in result.stderr

    def test_what_is_missing_is_said_and_the_rest_is_written(self, desk: Desk, tmp_path: Path) -> None:
        desk.put("hudson", "company = ")
        for command in ("export", "publish"):
            result = desk.run(command, str(tmp_path / command), code=8)
            assert "hudson.toml is faulty, so its events are missing." in said(result.stderr)
            assert "hudson.toml, line 1" in result.stderr
        assert b"Nordlys" in (tmp_path / "export").read_bytes()

    @pytest.mark.parametrize("extent", [(), ("--contacts",)])
    @pytest.mark.advice("B15")
    def test_no_copy_is_left_once_it_is_purged(self, desk: Desk, extent: tuple[str, ...]) -> None:
        desk.run("export", "-")
        desk.run("purge", "nordlys", "--yes", *extent)
        kept = [path for path in (desk.folder / "state").rglob("*") if path.is_file()]
        assert not [path for path in kept if b"Mette Holm" in path.read_bytes()]

    def test_nothing_is_left_beside_the_file(self, desk: Desk, tmp_path: Path) -> None:
        folder = tmp_path / "out"
        folder.mkdir()
        desk.run("export", str(folder / "plan.ics"))
        assert [path.name for path in folder.iterdir()] == ["plan.ics"]


class TestSync:
    def test_a_dry_run_says_what_the_sync_then_does_and_a_second_does_nothing(self, desk: Desk) -> None:
        would = desk.json("sync", "--dry-run")
        assert would["dry_run"] is True
        assert would["created"]
        did = desk.json("sync")
        assert [one["uid"] for one in did["created"]] == [one["uid"] for one in would["created"]]
        again = desk.run("sync").stdout
        assert f"Up to date: {len(did['created'])} events" in again

    def test_an_offer_takes_the_chasing_out_of_the_calendar(self, desk: Desk) -> None:
        assert re.search(r"^\d+ new, 0 changed, 0 removed", desk.run("sync").stdout, re.M)
        desk.run("log", "nordlys", "offer", "--by", "email")
        report = desk.json("sync")
        assert len(report["deleted"]) >= 3
        assert len(report["created"]) == 1

    def test_a_faulty_file_keeps_its_events_and_ends_with_4(self, desk: Desk) -> None:
        desk.run("sync")
        desk.put("nordlys", NORDLYS.replace("company", "compony"))
        result = desk.run("sync", code=4)
        assert "nordlys.toml" in result.stderr
        assert desk.json("sync", code=4)["deleted"] == []

    def test_a_server_that_is_not_there_ends_with_5(self, desk: Desk) -> None:
        with desk.config.open("a", encoding="utf-8") as file:
            file.write('\n[calendar]\nurl = "http://127.0.0.1:1/anna/"\nusername = "anna"\n')
        result = desk.run("sync", code=5, CALLPLAN_PASSWORD="s3cret")
        assert "s3cret" not in result.output


class TestServe:
    def test_it_says_where_everything_is_and_ends_at_ctrl_c(self, desk: Desk) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "callplan", "serve", "--port", "0"],
            env={**os.environ, **desk.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if "Ctrl-C" in line:
                    break
            feed = re.search(r"http://127\.0\.0\.1:\d+/f/\S+\.ics", said)
            assert feed, said
            with urllib.request.urlopen(feed[0], timeout=20) as answer:
                assert answer.read().startswith(b"BEGIN:VCALENDAR")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
            assert process.stderr is not None
            assert process.stderr.read() == ""
        assert re.search(r"http://127\.0\.0\.1:\d+/dav/", said)
        assert "calendar-password" in said

    def test_other_machines_need_tls(self, desk: Desk) -> None:
        assert "--certificate" in desk.run("serve", "--host", "0.0.0.0", code=2).stderr


class TestEdit:
    def edit(self, desk: Desk, script: str, *arguments: str, code: int = 0) -> str:
        """What `edit` says when the editor runs this sed script on the file."""
        editor = desk.folder / "editor"
        editor.write_text(f'#!/bin/sh\nsed -i "{script}" "$1"\n', encoding="utf-8")
        editor.chmod(0o755)
        result = desk.run("edit", *(arguments or ("nordlys",)), code=code, EDITOR=str(editor), VISUAL=str(editor))
        return " ".join(result.output.split())

    def test_what_is_saved_is_kept_and_what_it_changes_is_told(self, desk: Desk) -> None:
        said = self.edit(desk, "s/by = 2026-11-30/by = 2026-12-07/")
        assert "by = 2026-12-07" in (desk.book / "nordlys.toml").read_text(encoding="utf-8")
        assert "> Moved: follow-up e-mail to Mette Holm" in said

    def test_nothing_changed_is_nothing_written(self, desk: Desk) -> None:
        before = (desk.book / "nordlys.toml").stat()
        assert "Nothing was changed" in self.edit(desk, "")
        assert (desk.book / "nordlys.toml").stat().st_mtime_ns == before.st_mtime_ns

    def test_a_fault_leaves_the_file_as_it_was_and_keeps_the_draft(self, desk: Desk) -> None:
        said = self.edit(desk, "s/^position/positon/", code=4)
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS
        draft = Path(re.findall(r"kept in (\S+\.toml)", said)[0])
        assert "positon" in draft.read_text(encoding="utf-8")
        draft.unlink()

    def test_a_faulty_file_can_be_mended(self, desk: Desk) -> None:
        desk.put("nordlys", NORDLYS.replace("position", "positon"))
        self.edit(desk, "s/^positon/position/")
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS

    def test_a_change_made_meanwhile_is_not_written_over(self, desk: Desk) -> None:
        path = desk.book / "nordlys.toml"
        said = self.edit(desk, f's/^# my.*/# mine/" "$1"; echo "# theirs" >> "{path}"; sed -i "', code=4)
        assert "changed" in said
        assert path.read_text(encoding="utf-8").endswith("# theirs\n")

    @pytest.mark.parametrize("editor", ["/nonexistent/editor", "false"])
    def test_an_editor_that_fails_writes_nothing(self, desk: Desk, editor: str) -> None:
        assert "EDITOR" in desk.run("edit", "nordlys", code=2, EDITOR=editor, VISUAL=editor).stderr
        assert (desk.book / "nordlys.toml").read_text(encoding="utf-8") == NORDLYS
