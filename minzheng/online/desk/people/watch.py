"""Monitoring on the archive: the family's layer, labels and score in the low-income library (国办发〔2023〕39号)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from minzheng.datacenter.signals.groups import declared_groups
from minzheng.datacenter.signals.models import LibraryEntry
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.people.models import Household


@dataclass(frozen=True)
class Standing:
    """What the newest month of the library says of a family."""

    month: str
    layer: str
    labels: list[str]
    score: int
    url: str


def standing_of(access: Access, household: Household) -> Standing | None:
    """None for a family that is not in the library, or for a user who may not read it."""
    mine = access.scope("task.read", LibraryEntry.objects.filter(household=household))
    entry = mine.order_by("-month").first()
    if entry is None:
        return None
    titles = declared_groups().titles
    return Standing(
        f"{entry.month.year}年{entry.month.month}月",
        entry.get_layer_display(),
        [titles.get(code, code) for code in entry.labels],
        entry.score,
        reverse("registers:detail", args=["low-income", entry.pk]),
    )
