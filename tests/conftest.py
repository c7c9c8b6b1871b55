"""What holds for the whole suite: no test is judged by its speed, and none sees the terminal it happens to run in."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("callplan", deadline=None)
settings.load_profile("callplan")

os.environ["COLUMNS"] = "80"
os.environ["LINES"] = "24"
