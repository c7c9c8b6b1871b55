"""What somebody wrote, as a message may repeat it."""

from __future__ import annotations

import json
from typing import Any


def shown(value: Any) -> str:
    """`value` in one short line: text in quotes, without anything a terminal could take for a command."""
    written = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    written = "".join(sign if sign.isprintable() else "�" for sign in written[:60])
    written += "…" if len(str(value)) > 60 else ""
    return f'"{written}"' if isinstance(value, str) else written
