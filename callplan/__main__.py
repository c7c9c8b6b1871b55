"""``python -m callplan``."""

from callplan.cli import main

main()
