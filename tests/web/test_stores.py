"""Publishing to real stores on loopback. `scripts/publish-targets` brings them along and runs this."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from callplan.where import Places

from tests.web.book import NOW, sample_places
from tests.web.stores import SECRET, STORES, Store

pytestmark = pytest.mark.skipif(
    "PUBLISH_TARGETS" not in os.environ, reason="scripts/publish-targets runs it, with the servers it needs"
)


@pytest.fixture(params=STORES, scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with STORES[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return sample_places(tmp_path)


def environment(places: Places, store: Store, **more: str) -> dict[str, str]:
    return {
        "CALLPLAN_CONFIG": str(places.config), "CALLPLAN_BOOK": str(places.book), "CALLPLAN_STATE": str(places.state),
        "CALLPLAN_DATA": str(places.data), "CALLPLAN_NOW": NOW.isoformat(), "PATH": "/usr/bin:/bin",
        **store.environment, **more,
    }  # fmt: skip


def publish(places: Places, store: Store, *arguments: str, code: int = 0, **more: str) -> str:
    """What the command says, on both streams; it never says a password, not with --debug either."""
    target = arguments or (store.address,)
    command = [sys.executable, "-m", "callplan", "publish", *target]
    done = subprocess.run(
        command, env=environment(places, store, **more), capture_output=True, text=True, timeout=120, check=False
    )
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == code, said
    assert "Traceback" not in said
    for secret in (SECRET, *(store.environment.get(name, SECRET) for name in ("AWS_SECRET_ACCESS_KEY",))):
        assert secret not in said
    return said


def change(places: Places) -> None:
    """Make the feed another one, and larger than what fits into a socket's buffer."""
    file = places.book / "tamarind.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Tamarind", "Tamarisk"), encoding="utf-8")


def test_it_is_written_left_alone_rewritten_and_renamed(store: Store, places: Places) -> None:
    assert publish(places, store).startswith("Published: ")
    [(name, first)] = store.files().items()
    assert len(name) >= 28
    assert first.startswith(b"BEGIN:VCALENDAR")
    assert publish(places, store).startswith("Unchanged: ")
    change(places)
    assert publish(places, store).startswith("Published: ")
    [(same, second)] = store.files().items()
    assert same == name
    assert b"Tamarisk" in second
    assert publish(places, store, store.address, "--new-name").startswith("Published: ")
    [(other, third)] = store.files().items()
    assert other != name
    assert third == second


def test_killed_half_way_the_old_calendar_stays_whole(store: Store, places: Places) -> None:
    for name in store.files():
        assert name  # of the test before
    publish(places, store)
    before = store.files()
    change(places)
    process = subprocess.Popen(
        [sys.executable, "-m", "callplan", "publish", store.address],
        env=environment(places, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    store.relay.limit = 24_000  # of some sixty thousand
    assert store.relay.silent.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    store.relay.limit = None
    store.relay.silent.clear()
    after = store.files()
    assert {name: after[name] for name in before} == before
    publish(places, store)
    last = store.files()
    assert last.keys() == before.keys()  # what the killed run left behind is gone too
    assert sum(b"Tamarisk" in content for content in last.values()) >= 1


@pytest.mark.parametrize("number", range(3))
def test_what_is_wrong_is_a_sentence(store: Store, places: Places, number: int) -> None:
    if number >= len(store.wrong):
        pytest.skip("fewer ways to go wrong")
    changed, code, told = list(store.wrong.values())[number]
    before = store.files()
    assert told in publish(places, store, code=code, **changed)
    assert told in publish(places, store, store.address, "--force", code=code, **changed)
    assert store.files() == before


def test_what_is_not_there_is_a_sentence(store: Store, places: Places) -> None:
    said = publish(places, store, store.nowhere, code=5 if store.nowhere.startswith("webdav") else 2)
    assert ("There is no " in said) or ("cannot be written" in said)
