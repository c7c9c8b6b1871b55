"""Start-up: whole processes in turn, callplan against the least a click program can cost, and its peers beside it."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path
from uuid import UUID

from benches import FLOOR, PAIRS, pair

ROOT = Path(__file__).parent.parent
MANY = 200

#: Peers on the command line. They are measured if they are in the environment or on the PATH.
PEERS = ("khal", "todo", "vdirsyncer")


def many_applications(folder: Path) -> None:
    """The samples over and over under other names and ids."""
    folder.mkdir()
    chance = random.Random(1)
    samples = sorted((ROOT / "samples" / "applications").glob("*.toml"))
    for number in range(MANY):
        sample = samples[number % len(samples)]
        text = sample.read_text(encoding="utf-8")
        fresh = UUID(int=chance.getrandbits(128), version=4)
        text = re.sub(r'(?m)^id = ".*"$', f'id = "{fresh}"', text, count=1)
        text = re.sub(r'(?m)^company = "(.*)"', rf'company = "\1 {number}"', text, count=1)
        (folder / f"{sample.stem}-{number:03}.toml").write_text(text, encoding="utf-8")


def startup() -> None:
    """Print the table. "kept" is any second list in a row, "from nothing" the first of all."""
    with tempfile.TemporaryDirectory() as scratch:
        floor = Path(scratch) / "floor.py"
        floor.write_text(FLOOR, encoding="utf-8")
        many_applications(Path(scratch) / "many")
        # As for a user, compiled code is kept from the first run on, whatever is set here for tests.
        kept_out = ("CALLPLAN_", "PYTHONDONTWRITEBYTECODE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(kept_out)} | {
            "PYTHONPYCACHEPREFIX": f"{scratch}/compiled",
            "CALLPLAN_CONFIG": str(ROOT / "samples" / "config.toml"),
            "CALLPLAN_BOOK": str(ROOT / "samples" / "applications"),
            "CALLPLAN_STATE": f"{scratch}/state",
            "CALLPLAN_DATA": f"{scratch}/data",
            "CALLPLAN_NOW": "2026-11-23T08:00:00+01:00",
        }
        ours, bare = [sys.executable, "-m", "callplan"], [sys.executable, str(floor)]
        print(f"{'':28} {'callplan':>10} {'click':>10}   ratio, {PAIRS} pairs (least-most)")
        for option in ("--version", "--help"):
            pair(f"callplan {option}", [*ours, option], [*bare, option], environment)
        pair("callplan plan, 12", [*ours, "plan"], [*bare, "one"], environment)
        print(f"{'':28} {'list':>10} {'--help':>10}")
        book = environment | {"CALLPLAN_BOOK": f"{scratch}/many"}
        pair(f"list of {MANY}, kept", [*ours, "list"], [*ours, "--help"], book)
        for what, first in (
            ("one changed", _CHANGE.format(folder=f"{scratch}/many")),
            ("from nothing", f"import shutil; shutil.rmtree({scratch + '/state'!r}, True)"),
        ):
            pair(f"list of {MANY}, {what}", [sys.executable, "-c", f"{first}\n{_LIST}"], [*ours, "--help"], book)
        print(f"{'':28} {'peer':>10} {'callplan':>10}")
        for peer in PEERS:
            beside = Path(sys.executable).parent / peer
            found = str(beside) if beside.exists() else shutil.which(peer)
            if found is None:
                print(f"{peer}: not here, so not measured")
            else:
                pair(f"{peer} --help", [found, "--help"], [*ours, "--help"], environment)


#: A position is changed, as an editor does it.
_CHANGE = """\
import pathlib, re, time
file = sorted(pathlib.Path({folder!r}).glob("*.toml"))[99]
text = re.sub(r'(?m)^position = .*$', 'position = "Changed at %s"' % time.time_ns(), file.read_text("utf-8"), count=1)
file.write_text(text, "utf-8")"""

_LIST = "import sys; from callplan.cli import cli; cli(['list'], prog_name='callplan')"
