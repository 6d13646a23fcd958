"""What the other side may say about a file. Silence is an answer too: *unknown*, never *no*."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from minzheng.foundation.payments.models import Batch


class Fate(Enum):
    """What is known of a file that may have reached the bank."""

    TAKEN = "taken"  # the bank has exactly this file
    ABSENT = "absent"  # the bank says that it does not have it: it may be put out again, under the same key
    REFUSED = "refused"  # the bank says why it does not take it
    OTHER = "other"  # the bank has another file under the same key
    UNKNOWN = "unknown"  # no answer, or none that can be trusted


@dataclass(frozen=True)
class Answer:
    """`note` is shown to the officer: 简体中文, nothing personal."""

    fate: Fate
    note: str = ""


@dataclass(frozen=True)
class Brought:
    """A return file as it came."""

    name: str
    content: bytes


class Channel(Protocol):
    """Delivery in two steps, because a crash may fall between any two: prepare, (the books note it), put.

    None of these raises for what the other side or the network does; that is Fate.UNKNOWN. Only `prepare` may raise
    OSError, when the file cannot be written here.
    """

    def prepare(self, batch: Batch) -> None:
        """Whatever can be done without the other side seeing anything."""

    def put(self, batch: Batch) -> Answer:
        """Hand the file over. Called again only with the same bytes under the same key."""

    def enquire(self, batch: Batch) -> Answer:
        """Ask what became of it; changes nothing that the other side can see."""

    def fetch(self, batch: Batch) -> list[Brought]:
        """The bank's return files so far. Fetching again brings them again; importing one twice has one effect."""
