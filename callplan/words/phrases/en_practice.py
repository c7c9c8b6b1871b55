"""English: practising the call, and the other side's lines in it."""

from __future__ import annotations

PRACTICE = {
    "round": "Round {number} of {rounds}",
    "start": "Read each part aloud, then press Enter. q and Enter stops.",
    "start_role": "They speak too, and once they say something unforeseen. Answer aloud, then press Enter.",
    "part": "{seconds} s for {words} words.",
    "rate": "{rate} words a minute.",
    "whole": "The whole: {seconds} s, {words} words.",
    "fast": "That is fast: breathe, and leave a pause after each part.",
    "slow": "That is slow; they will still understand every word.",
    "good": "That is a good pace for the phone.",
    "not_aloud": "Read it aloud: it does not count like this.",
    "learned": "From now on your scripts count with {rate} words a minute.",
    "enough": "Well done. Log it: callplan log {name} rehearse done",
    "stopped": "Stopped after {rounds} of {wanted} rounds.",
    "silent": "There is nothing to say in this script.",
    "reception": "“{company}, reception, good morning.”",
    "put_through": "“One moment, I will put you through.”",
    "hello": "“{callee}, {company}.”",
    "after_opening": "“Oh yes, I remember.”",
    "after_courtesy": "“Yes, go ahead.”",
    "after_purpose": "“I see.”",
    "after_points": "“That is good to hear.”",
    "after_need": "“No, we have everything.”",
    "after_close": "“Thank you for calling. Goodbye.”",
}
