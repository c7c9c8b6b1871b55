"""The forms in which people write days and times, in English, Danish and German; `callplan.cli.when` reads by them.

Apart from it, so that a command that only shows times does not prepare to read them.
"""

from __future__ import annotations

import re

#: Days that are named from today.
NEAR = {
    "day after tomorrow": 2, "the day after tomorrow": 2, "tomorrow": 1, "today": 0, "yesterday": -1,
    "i overmorgen": 2, "overmorgen": 2, "i morgen": 1, "imorgen": 1, "i dag": 0, "idag": 0, "i går": -1, "igår": -1,
}  # fmt: skip
NEAR_DAY = re.compile(rf"({'|'.join(sorted(NEAR, key=len, reverse=True))})(?![^\W\d_])")
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
}  # fmt: skip
_COUNT = rf"({'|'.join(COUNTS)}|\d{{1,3}})"
IN_DAYS = re.compile(rf"(?:in|om)\s+{_COUNT}\s+(days?|weeks?|dage?|uger?)(?![^\W\d_])")
DAYS_AGO = re.compile(rf"(?:for\s+)?{_COUNT}\s+(days?|weeks?|dage?|uger?)\s+(?:ago|siden)(?![^\W\d_])")
WEEK_FROM = re.compile(r"(next|this|last|on|next week|på|næste|nu på|sidste|i)\s+")
NEXT = ("next", "næste")
LAST = ("last", "sidste")
WORD = re.compile(r"[^\W\d_]+")

ADORNED = re.compile(r"(?:den|the|d\.)\s*(?=\d)")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# 16.11.2026, 16/11/26, 16/11-2026, 16.11., 16/11: two numbers, then perhaps a year, which no clock time is taken for.
NUMBERED = re.compile(r"(\d{1,2})([./])\s?(\d{1,2})(?:\.?(?:[-./]\s?(\d{4}|\d{2})|\s(\d{4}))(?![\d:.]))?\.?(?!\d)")
_YEAR = r"(?:,?\s+(\d{4})(?![:.]?\d)|(?!,?\s*\d{4}(?![:.]?\d))(?![^\W\d_]))"
NAMED = re.compile(rf"(\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?([^\W\d_]{{3,9}})\.?{_YEAR}")
MONTH_FIRST = re.compile(rf"([^\W\d_]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![:.]?\d){_YEAR}")
_HOUR = r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*(am|pm)?"
# After a T, as in ISO 8601, "-05:00" is an offset; after a space, "10:00-11:15" is a span.
ISO_CLOCK = re.compile(rf"t{_HOUR}(z|[+-]\d{{2}}:?\d{{2}})?")
_ANY_HOUR = r"(\d{1,2})(?:[:.](\d{2})(?::(\d{2}))?)?\s*(am|pm)?"
CLOCK = re.compile(
    r"(at|kl\.?|um|from|fra|von|,)?(?:(?<=,)\s*(?:at|kl\.?|um|from|fra|von))?"
    rf"\s*{_ANY_HOUR}(z|\+\d{{2}}:?\d{{2}})?(?:\s*(?:-|–|—|to|until|til|bis)\s*(?:kl\.?\s)?{_ANY_HOUR})?(?:\s*uhr)?"
)
#: What calendars put between a day and its time.
DOTS = re.compile(r"\s*[·⋅•]\s*")
#: Parts of a day, and whether a clock of twelve hours is in its second half then.
PARTS = {
    "morning": None, "forenoon": None, "afternoon": "pm", "evening": "pm", "tonight": "pm",
    "morges": None, "formiddag": None, "eftermiddag": "pm", "aften": "pm",
}  # fmt: skip
PART = re.compile(rf"(?:(?<![^\W\d_])(?:this|in the|i)\s+)?(?<![^\W\d_])({'|'.join(PARTS)})(?![^\W\d_])[\s,]*")
