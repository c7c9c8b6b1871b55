"""The oldest versions that setup.cfg declares, as pip takes them; with ``--extras``, the extras but test."""

from __future__ import annotations

import configparser
import re
import sys

_BOUND = re.compile(r"([A-Za-z0-9-]+)\s*>=\s*([0-9.]+)")


def lowest(setup: configparser.ConfigParser) -> list[str]:
    """``click==8.2`` for ``click >= 8.2``; what has no lower bound stays as it is."""
    wanted = setup["options"]["install_requires"].strip().splitlines()
    return [f"{found[1]}=={found[2]}" if (found := _BOUND.match(line)) else line for line in wanted]


if __name__ == "__main__":
    *flags, file = sys.argv[1:]
    known = configparser.ConfigParser()
    known.read(file, encoding="utf-8")
    lines = [name for name in known["options.extras_require"] if name != "test"] if flags else lowest(known)
    print("\n".join(lines))
