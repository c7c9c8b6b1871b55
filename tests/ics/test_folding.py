"""Lines are folded by octets, and exactly where icalendar folds them, which goes by characters."""

from __future__ import annotations

from callplan.ics.render import folded
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser import Contentline

TEXTS = st.text(st.sampled_from("aø漢😀\\^,;n "), max_size=400)


@given(TEXTS)
@example("a" * 74)
@example("a" * 75)
@example("a" * 73 + "\\,")
@example("a" * 73 + "\\\\n" * 40)
def test_lines_are_folded_as_icalendar_folds_them(text: str) -> None:
    line = f"DESCRIPTION:{text}"
    assert folded(line) == Contentline(line).to_ical()  # type: ignore[no-untyped-call]
    assert all(len(piece) <= 75 for piece in folded(line).split(b"\r\n"))
