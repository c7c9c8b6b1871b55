"""Danish: practising the call, and the other side's lines in it."""

from __future__ import annotations

PRACTICE = {
    "round": "Runde {number} af {rounds}",
    "start": "Læs hvert stykke højt, og tryk så på Enter. q og Enter stopper.",
    "start_role": "De taler også, og én gang siger de noget uventet. Svar højt, og tryk så på Enter.",
    "part": "{seconds} s til {words} ord.",
    "rate": "{rate} ord i minuttet.",
    "whole": "Det hele: {seconds} s, {words} ord.",
    "fast": "Det er hurtigt: træk vejret, og hold en pause efter hvert stykke.",
    "slow": "Det er langsomt; de forstår stadig hvert ord.",
    "good": "Det er et godt tempo i telefonen.",
    "not_aloud": "Læs det højt: sådan tæller det ikke.",
    "learned": "Fra nu af regner dine manuskripter med {rate} ord i minuttet.",
    "enough": "Godt gået. Notér det: callplan log {name} rehearse done",
    "stopped": "Stoppet efter {rounds} af {wanted} runder.",
    "silent": "Der er intet at sige i dette manuskript.",
    "reception": "“{company}, receptionen, goddag.”",
    "put_through": "“Et øjeblik, jeg stiller dig om.”",
    "hello": "“{company}, det er {callee}.”",
    "after_opening": "“Ja, det husker jeg godt.”",
    "after_courtesy": "“Ja, bare sig frem.”",
    "after_purpose": "“Det forstår jeg.”",
    "after_points": "“Det er godt at høre.”",
    "after_need": "“Nej, vi har det hele.”",
    "after_close": "“Tak, fordi du ringede. Farvel.”",
}
