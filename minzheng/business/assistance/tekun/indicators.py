"""集中供养率 by self-care grade, 应养尽养, and the county's random visits (S-034, S-043, S-044)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.business.assistance.benefits import TEKUN
from minzheng.business.assistance.models import Ability, Place, SpotDraw, Support
from minzheng.datacenter.indicators.benefits import (
    Query,
    entitled,
    in_month,
    kept,
    paid,
    ran,
    recipients_filter,
)
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.benefits.months import next_month

LINE = "社会救助"
KEPT = Rows(kept(TEKUN.code))


def supported(**narrowed: object) -> Query:
    """Support files of the month's rights, by how each is cared for now."""
    return lambda month: Support.objects.filter(in_month(month, TEKUN.code, path="entitlement__"), **narrowed)


def willing(month: dt.date) -> QuerySet[Support]:
    """Who lives in an institution, and who waits for a place."""
    return supported()(month).filter(Q(place=Place.COLLECTIVE) | Q(waiting_since__isnull=False))


def drawn(kind: str, **narrowed: object) -> Query:
    return lambda month: SpotDraw.objects.filter(
        kind=kind, drawn_on__gte=month, drawn_on__lt=next_month(month), **narrowed
    )


def care(title: str, **filters: object) -> Drill:
    return Drill("tekun_care", lambda month: filters, title=title)


def _rate(code: str, ability: Ability, title: str, seed: str = "") -> Indicator:
    return Indicator(
        code=code, title=title, line=LINE, unit="%", seed=seed, aspect="兜底", period=Period.POINT,
        counts=f"集中供养的{ability.label}特困人员", of=f"全部{ability.label}特困人员", source="特困照料台账",
        note="按现在的供养方式和自理能力计算",
        drill=care("查看集中供养的人", ability=ability.value, place=Place.COLLECTIVE.value),
        formula=Formula(
            numerator=Rows(supported(ability=ability, place=Place.COLLECTIVE)),
            denominator=Rows(supported(ability=ability)),
            known=KEPT,
        ),
    )  # fmt: skip


TEKUN_INDICATORS = (
    Indicator(
        code="tekun.persons", title="特困供养人数", line=LINE, unit="人", better=Better.NONE, aspect="兜底",
        counts="当月享受特困人员救助供养的人", source="待遇台账", drill=Drill("tekun", recipients_filter),
        formula=Formula(numerator=Rows(entitled(TEKUN.code)), known=KEPT),
    ),
    Indicator(
        code="tekun.spending", title="特困供养支出", line=LINE, unit="元", better=Better.NONE,
        counts="当月发放中已发的特困供养金，含补发和重发", source="发放明细",
        formula=Formula(numerator=Rows(paid(TEKUN.code), "entitlement__region_id", "amount_fen"), known=Rows(ran(TEKUN.code), "entitlement__region_id")),
    ),
    _rate("tekun.rate_able", Ability.ABLE, "全自理特困人员集中供养率"),
    _rate("tekun.rate_partly", Ability.PARTLY, "部分丧失自理能力特困人员集中供养率"),
    _rate("N16", Ability.UNABLE, "生活不能自理特困人员集中供养率", "003"),
    Indicator(
        code="N17", title="特困人员集中供养“应养尽养”率", line=LINE, unit="%", seed="003", aspect="兜底",
        period=Period.POINT, counts="有集中供养意愿并已入住的特困人员", of="有集中供养意愿的特困人员",
        note="已入住的和轮候的都算有意愿", source="特困照料台账", drill=Drill("tekun_waiting", lambda month: {}, title="查看轮候的人"),
        formula=Formula(numerator=Rows(supported(place=Place.COLLECTIVE)), denominator=Rows(willing), known=KEPT),
    ),
    Indicator(
        code="tekun.waiting", title="集中供养轮候人数", line=LINE, unit="人", better=Better.LESS, aspect="兜底",
        period=Period.POINT, counts="愿意集中供养、还没有床位的特困人员", note="应养尽养要求为零",
        source="特困照料台账", drill=Drill("tekun_waiting", lambda month: {}, title="查看轮候的人"),
        formula=Formula(numerator=Rows(supported(waiting_since__isnull=False)), known=KEPT),
    ),
    Indicator(
        code="tekun.visited", title="特困认定县级随机核查比例", line=LINE, unit="%",
        counts="当月抽中的特困认定办件", of="当月报县级确认的特困认定办件", note="不低于标准 tekun_visit_percent",
        source="抽查台账", drill=Drill("spot_draws", lambda month: {"kind": "tekun", "chosen": True}, title="查看抽中的办件"),
        formula=Formula(numerator=Rows(drawn("tekun", chosen=True)), denominator=Rows(drawn("tekun")), known=Rows(drawn("tekun"))),
    ),
    Indicator(
        code="dibao.spot_errors", title="委托确认抽查差错率", line=LINE, unit="%", better=Better.LESS,
        counts="抽查有差错的委托确认办件", of="已核查的委托确认办件", source="抽查台账",
        drill=Drill("spot_draws", lambda month: {"kind": "dibao", "chosen": True}, title="查看抽中的办件"),
        formula=Formula(
            numerator=Rows(drawn("dibao", finding="有差错")),
            denominator=Rows(drawn("dibao", checked_on__isnull=False)),
            known=Rows(drawn("dibao")),
        ),
    ),
)  # fmt: skip
