"""What `scripts/bench` can measure. Ratios of pairs run in turn: seconds of two machines cannot be compared."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench_proof import proof

PAIRS = 15

#: The least that a command line made with click can cost: a group that loads its one command when it is called.
FLOOR = """
import click

class Lazy(click.Group):
    def list_commands(self, ctx): return ["one"]
    def get_command(self, ctx, name): return click.Command(name) if name == "one" else None

@click.group(cls=Lazy)
@click.version_option("1")
def cli(): "One line of help."

cli(prog_name="floor")
"""


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of one whole process."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began


def pair(name: str, ours: list[str], theirs: list[str], environment: dict[str, str]) -> None:
    """Run both in turn, one uncounted time first; print the medians and the median of the ratios."""
    rows = [(seconds(ours, environment), seconds(theirs, environment)) for _ in range(PAIRS + 1)][1:]
    ratios = sorted(one / other for one, other in rows)
    print(
        f"{name:28} {statistics.median(one for one, _ in rows) * 1000:7.0f} ms"
        f" {statistics.median(other for _, other in rows) * 1000:7.0f} ms"
        f"   x {statistics.median(ratios):.2f}  ({ratios[0]:.2f}-{ratios[-1]:.2f})"
    )


def startup() -> None:
    """Whole processes: callplan's light commands against the least a click program can cost, and beside its peers."""
    import bench_startup  # noqa: PLC0415

    bench_startup.startup()


def plan() -> None:
    """10,000 applications and 5,000 busy stretches planned, in steps: CPU time an application, and how it grows."""
    import bench_plan  # noqa: PLC0415 - only where it is measured

    bench_plan.plan()


def slots() -> None:
    """Slots of up to 30 competing calls beside OR-tools' CP-SAT: 300 random instances, number placed and cost."""
    import bench_plan  # noqa: PLC0415

    bench_plan.slots()


def web() -> None:
    """The first push of 1,000 events: the built-in server beside the stock Radicale, in memory and on disk."""
    import bench_web  # noqa: PLC0415

    bench_web.web()


def load() -> None:
    """The feed of 1,000 applications per second, and its 304s, beside nginx and Radicale (wrk)."""
    import bench_load  # noqa: PLC0415

    bench_load.load()


def sync() -> None:
    """Sync beside vdirsyncer on Radicale and Xandikos, near and 50 ms away; requests; memory with 5,000 events."""
    import bench_sync  # noqa: PLC0415

    bench_sync.main()


#: Name -> what measures it; its docstring is its line in the list.
BENCHES: dict[str, Callable[[], None]] = {
    "proof": proof,
    "startup": startup,
    "plan": plan,
    "slots": slots,
    "web": web,
    "load": load,
    "sync": sync,
}


def main(names: list[str]) -> int:
    """List the benches, or run those named."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench {', '.join(unknown)}; there are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    if not names:
        for name, bench in BENCHES.items():
            print(f"{name:10} {(bench.__doc__ or '').strip()}")
        return 0
    for name in names:
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
