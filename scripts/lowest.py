"""The oldest versions that setup.cfg declares, as pip takes them; with ``--extras``, the extras but test, by name."""

from __future__ import annotations

import configparser
import re
import sys

_BOUND = re.compile(r"([A-Za-z0-9-]+)\s*>=\s*([0-9.]+)")


def lowest(setup: configparser.ConfigParser) -> list[str]:
    """``click==8.2`` for ``click >= 8.2``, of the extras too; what has no lower bound stays as it is."""
    extras = setup["options.extras_require"]
    parts = [setup["options"]["install_requires"], *(extras[name] for name in names_of_extras(setup))]
    wanted = [line for part in parts for line in part.strip().splitlines() if not line.startswith("callplan[")]
    return list(dict.fromkeys(f"{found[1]}=={found[2]}" if (found := _BOUND.match(line)) else line for line in wanted))


def names_of_extras(setup: configparser.ConfigParser) -> list[str]:
    """The extras that users may ask for."""
    return [name for name in setup["options.extras_require"] if name != "test"]


if __name__ == "__main__":
    *flags, file = sys.argv[1:]
    known = configparser.ConfigParser()
    known.read(file, encoding="utf-8")
    print("\n".join(names_of_extras(known) if flags else lowest(known)))
