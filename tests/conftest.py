"""What holds for the whole suite: no test is judged by its speed, and none sees the terminal it happens to run in.

Properties that name no number of examples get 40; ``EXAMPLES=1000 scripts/test tests/plan`` looks longer.
"""

from __future__ import annotations

import os
import sys

from hypothesis import settings

settings.register_profile("callplan", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
settings.load_profile("callplan")

os.environ["COLUMNS"] = "80"
os.environ["LINES"] = "24"

# Every process the tests start would compile all its modules anew, caldav's for a second.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
