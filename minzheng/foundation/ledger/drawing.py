"""From which funds an amount is taken: declared shares first, the rest fund after fund, older years first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minzheng.foundation.actions import Refused
from minzheng.foundation.ledger.books import Line, account
from minzheng.foundation.ledger.models import Account, Fund, Kind
from minzheng.foundation.ledger.money import yuan


@dataclass(frozen=True)
class Plan:
    """`order`: funds as they are drawn on; `shares`: whole percent that a fund bears of every amount, if it must."""

    order: Sequence[str] = tuple(Fund.values)
    shares: Mapping[str, int] = field(default_factory=dict)


def move(
    programme: str,
    region: str,
    amount_fen: int,
    came: str,
    goes: str,
    *,
    plan: Plan | None = None,
    limits: Mapping[int, int] | None = None,
    to_region: str = "",
) -> list[Line]:
    """Lines that move an amount from one kind of place to another, each within its fund and budget year.

    `to_region`: into the places of another division (a county fills a township's reserve); default: the same.
    `limits`: account key → fen caps what each place may give (what is left of one batch); without it, its balance
    does. Places are locked, so that two batches cannot count on the same money. Raises Refused, with how much is
    missing and of which fund, when it is not enough.
    """
    plan = plan or Plan()
    places = list(
        Account.objects.select_for_update()
        .filter(programme=programme, region_id=region, kind=came)
        .order_by("pk")
    )
    left = {place.pk: place.balance_fen if limits is None else limits.get(place.pk, 0) for place in places}
    places.sort(key=lambda place: (plan.order.index(place.fund), place.year))
    lines: list[Line] = []

    def draw(wanted: int, fund: str | None = None) -> int:
        """Take what there is, of one fund or of any; returns what is missing."""
        for place in places:
            part = min(wanted, left[place.pk])
            if part > 0 and fund in (None, place.fund):
                left[place.pk] -= part
                wanted -= part
                target = account(place.fund, programme, to_region or region, goes, place.year)
                lines.extend([Line(place.pk, -part), Line(target.pk, part)])
        return wanted

    missing = []
    shared = {fund: amount_fen * percent // 100 for fund, percent in plan.shares.items() if percent}
    for fund, part in shared.items():
        if short := draw(part, fund):
            missing.append(f"{Fund(fund).label}应负担 {yuan(part)} 元，还差 {yuan(short)} 元")
    if short := draw(amount_fen - sum(shared.values())):
        missing.append(f"还差 {yuan(short)} 元")
    if missing:
        raise Refused(
            f"{Kind(came).label}不足：需要 {yuan(amount_fen)} 元，{'；'.join(missing)}。请先登记并复核资金文件，再重试。"
        )
    return lines
