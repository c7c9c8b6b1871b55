"""Other clients read and change what callplan wrote: vdirsyncer and khal, and caldav, at `callplan serve` too."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from caldav.davclient import DAVClient

from tests.servers import Server
from tests.sync.build import NOW, event, events, uid
from tests.sync.desk import Desk, desk_at

_PROGRAMS = Path(sys.executable).parent
with_khal = pytest.mark.skipif(
    not all((_PROGRAMS / name).exists() for name in ("vdirsyncer", "khal")),
    reason="vdirsyncer and khal are not installed",
)


def _run(folder: Path, *command: str) -> str:
    environ = os.environ | {
        "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder),
        "XDG_CACHE_HOME": str(folder), "TZ": "Europe/Copenhagen", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    done = subprocess.run(
        [str(_PROGRAMS / command[0]), *command[1:]],
        env=environ, input="y\n" * 9, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _fetch(folder: Path, server: Server, calendar: str) -> Path:
    """The calendar as vdirsyncer stores it on a second machine."""
    name = calendar.rstrip("/").rpartition("/")[2]
    login = f'username = "{server.username}"\npassword = "{server.password}"\n' if server.username else ""
    (folder / "vdirsyncer.conf").write_text(
        f"""[general]
status_path = "{folder}/status"
[pair calls]
a = "here"
b = "there"
collections = ["{name}"]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/vdir"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{server.home}"
{login}""",
        encoding="utf-8",
    )
    for verb in ("sync",) if (folder / "status").exists() else ("discover", "sync"):
        _run(folder, "vdirsyncer", "-c", str(folder / "vdirsyncer.conf"), verb)
    return folder / "vdir" / name


def _shown(folder: Path, vdir: Path) -> list[str]:
    """What khal shows of the vdir, a line an event."""
    (folder / "khal.conf").write_text(
        f"""[calendars]
[[calls]]
path = {vdir}
[locale]
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
""",
        encoding="utf-8",
    )
    line = "{start-date} {start-time}-{end-time} {title} @{location}"
    shown = _run(
        folder,
        "khal",
        "-c",
        str(folder / "khal.conf"),
        "list",
        "--format",
        line,
        "--day-format",
        "",
        "2026-11-01",
        "60d",
    )
    return sorted(filter(None, shown.splitlines()))


@with_khal
@pytest.mark.parametrize("server", ["builtin", "xandikos"], indirect=True)
def test_a_second_client_reads_the_same_events(real_desk: Desk, tmp_path: Path) -> None:
    wanted = events(4)
    real_desk.sync(wanted)
    vdir = _fetch(tmp_path, real_desk.server, real_desk.url)
    assert sorted(path.stem for path in vdir.glob("*.ics")) == sorted(one.uid for one in wanted)
    assert _shown(tmp_path, vdir) == sorted(
        f"{one.start:%Y-%m-%d %H:%M}-{one.end:%H:%M} {one.summary} @{one.location}" for one in wanted
    )


@with_khal
@pytest.mark.parametrize("server", ["builtin"], indirect=True)
def test_a_second_clients_edit_comes_home_and_ours_goes_back(real_desk: Desk, tmp_path: Path) -> None:
    real_desk.sync(events(3))
    vdir = _fetch(tmp_path, real_desk.server, real_desk.url)
    item = vdir / f"{uid(1)}.ics"
    item.write_text(item.read_text().replace("LOCATION:by phone", "LOCATION:on the balcony"))
    _fetch(tmp_path, real_desk.server, real_desk.url)
    report = real_desk.sync([event(0, summary="Call first"), *events(3)[1:]], NOW + timedelta(hours=1))
    assert any("on the balcony" in line for line in report.lines())
    _fetch(tmp_path, real_desk.server, real_desk.url)
    shown = "\n".join(_shown(tmp_path, vdir))
    assert "@on the balcony" in shown
    assert "Call first" in shown


def test_a_caldav_client_finds_changes_and_deletes_what_callplan_wrote(builtin_server: Server, tmp_path: Path) -> None:
    with desk_at(builtin_server, tmp_path / "anna") as desk:
        desk.sync(events(3))
        client = DAVClient(
            url=builtin_server.home, username=builtin_server.username, password=builtin_server.password,
            auth_type="basic",
        )  # fmt: skip
        [calendar] = [one for one in client.get_calendars() if str(one.url) == desk.url]
        found: Any = calendar.get_events()
        there = {item.component["uid"]: item for item in found}
        assert sorted(there) == sorted(one.uid for one in events(3))
        there[uid(1)].component["location"] = "on the balcony"
        there[uid(1)].save()
        there[uid(2)].delete()
        report = desk.sync(events(3), NOW + timedelta(hours=1))
        assert any("on the balcony" in line for line in report.lines())
        assert desk.items().keys() == {f"{uid(0)}.ics", f"{uid(1)}.ics"}
