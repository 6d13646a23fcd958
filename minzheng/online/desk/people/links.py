"""A point of the chain of help (一户一条救助链)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """What happened, or is to happen, on a day; `url` where there is more to see."""

    on: dt.date
    title: str
    text: str
    tone: str
    url: str = ""
