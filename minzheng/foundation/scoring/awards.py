"""Scores rank, and share out an award: whole fen, by largest remainder, so that the parts add up exactly (S-068)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.scoring.judging import DECIDE
from minzheng.foundation.scoring.models import Assessment, AwardSplit, State


def split(pool_fen: int, weights: Mapping[Any, int]) -> dict[Any, int]:
    """Each gets pool × weight ÷ sum, whole fen; what is left over goes to the largest remainders, one fen each."""
    total = sum(weights.values())
    if total <= 0:
        return dict.fromkeys(weights, 0)
    shares = {key: pool_fen * weight // total for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: (-(pool_fen * weights[key] % total), str(key)))
    for key in by_remainder[: pool_fen - sum(shares.values())]:
        shares[key] += 1
    return shares


def ranking(sheet: str, region: Region, year: int) -> QuerySet[Assessment]:
    """Whoever was scored in the year, the highest first."""
    scored = Assessment.objects.filter(
        within(region.prefix), sheet=sheet, state=State.SCORED, opened_on__year=year
    )
    return scored.select_related("region").order_by("-total", "pk")


@action("rating.split_award", "分配绩效奖励", permission=DECIDE, region=lambda region: region.code)
def split_award(access: Any, region: Region, *, sheet: str, year: int, pool_fen: int) -> AwardSplit:
    """Keep the year's split; made anew only as long as scores and sum are other than before."""
    found = list(ranking(sheet, region, year))
    if not found:
        raise Refused("这一年还没有评完分的单位，不能分配。")
    if pool_fen <= 0:
        raise Refused({"pool": "请填写奖励资金的总额。"})
    shares = split(pool_fen, {str(one.pk): one.total or 0 for one in found})
    made, _ = AwardSplit.objects.update_or_create(
        sheet=sheet,
        region=region,
        year=year,
        defaults={"pool_fen": pool_fen, "shares": shares, "made_on": access.today, "made_by": access.user},
    )
    return made
