"""Feed and calendar as ical.js reads them, with which Thunderbird and Nextcloud read."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import vobject
from callplan.settings import load_settings
from callplan.sync.run import sync
from callplan.web.serve import Options, serving
from callplan.web.sources import last_look

from tests.web.book import NOW, sample_places
from tests.web.browser import Browser, basic

#: Where `scripts/test` puts it.
ICAL_JS = Path(__file__).parents[2] / ".venv" / "readers" / "node_modules" / "ical.js"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not ICAL_JS.is_dir(), reason="ical.js is not here; scripts/test gets it where node and npm are"
)


def read(calendar: bytes) -> dict[str, dict[str, Any]]:
    """The events that ical.js finds, by UID. Fails for what it refuses."""
    command = [str(NODE), str(Path(__file__).with_name("read_with_ical_js.mjs")), str(ICAL_JS)]
    done = subprocess.run(command, input=calendar, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert len({one["uid"] for one in found}) == len(found)
    return {one["uid"]: one for one in found}


def test_icaljs_reads_feed_and_calendar_alike_and_as_they_are_meant(tmp_path: Path) -> None:
    places = sample_places(tmp_path)
    sync(places, load_settings(places.config), NOW)
    look = last_look(places, lambda: NOW)
    with serving(places, look, Options(port=0), lambda: (0, "")) as served:
        feed = Browser(served.feed).ask("GET", urlsplit(served.feed).path).body
        credentials = basic(served.username, served.password_file.read_text(encoding="utf-8").strip())
        calendar = Browser(served.caldav, credentials).ask("GET", urlsplit(served.caldav).path).body
    assert b"TZID=" in calendar
    assert b"TZID=" not in feed
    from_feed, from_calendar = read(feed), read(calendar)
    assert len(from_feed) > 50
    for uid, event in from_feed.items():
        other = from_calendar[uid]
        assert [event[name] for name in ("summary", "start", "end", "alarms")] == [
            other[name] for name in ("summary", "start", "end", "alarms")
        ]
        step = look.look().step(uid)
        assert step is None or step.start is None or step.start.timestamp() == event["start"]
    for one in vobject.readOne(feed.decode()).vevent_list:
        event = from_feed[one.uid.value]
        assert event["description"] == one.description.value
        assert datetime.fromtimestamp(event["end"], UTC) == one.dtend.value
