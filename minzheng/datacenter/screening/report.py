"""How right the screening of a month was: what visits confirmed, and every false alarm with what was seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.regions.models import within


@dataclass(frozen=True)
class Judged:
    """One kind of one benefit. `confirmed` and `false_alarms` were looked at; the rest is open, gone or declined."""

    kind: str
    benefit: str
    found: int
    confirmed: int
    false_alarms: int
    still_open: int

    @property
    def precision(self) -> str:
        """Of what was looked at, how much was so; "—" while nothing has been."""
        looked = self.confirmed + self.false_alarms
        return f"{100 * self.confirmed / looked:.1f}%" if looked else "—"


def judged_in(month: dt.date, prefix: str) -> list[Judged]:
    """Each kind and benefit of a month."""
    true = Q(result__in=[Result.CONFIRMED, Result.DECLINED])
    rows = (
        Finding.objects.filter(within(prefix), month=month)
        .values("kind", "benefit")
        .annotate(
            found=Count("pk"),
            confirmed=Count("pk", filter=true),
            false_alarms=Count("pk", filter=Q(result=Result.FALSE_ALARM)),
            still_open=Count("pk", filter=~Q(state=State.CLOSED)),
        )
        .order_by("kind", "benefit")
    )
    return [
        Judged(**row | {"kind": str(Kind(row["kind"]).label), "benefit": benefit_title(row["benefit"])})
        for row in rows
    ]


def false_alarms_in(month: dt.date, prefix: str) -> list[tuple[int, str, str, str]]:
    """(finding, kind, benefit, what was seen) of each false alarm: the rules and facts to mend first."""
    found = Finding.objects.filter(within(prefix), month=month, result=Result.FALSE_ALARM).order_by(
        "kind", "pk"
    )
    return [(one.pk, one.get_kind_display(), benefit_title(one.benefit), one.note) for one in found]
