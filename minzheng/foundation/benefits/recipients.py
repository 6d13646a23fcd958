"""Who receives a person's benefit, as a register: every line with such a benefit lists its people alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search

STATES = tuple(State.choices)
TONES = {
    State.ACTIVE: "ok",
    State.SUSPENDED: "warn",
    State.EXITING: "info",
    State.ENDED: "neutral",
    State.VOID: "neutral",
}


def rights(code: str) -> QuerySet[Entitlement]:
    """Every right to a benefit, each with what the present month is worth (whole fen; null when nothing is)."""
    month = timezone.localdate().replace(day=1)
    in_force = EntitlementAmount.objects.filter(
        Q(until_month__isnull=True) | Q(until_month__gte=month),
        entitlement=OuterRef("pk"),
        superseded_at__isnull=True,
        from_month__lte=month,
    )
    return Entitlement.objects.filter(benefit=code).annotate(
        amount_now=Subquery(in_force.values("amount_fen")[:1]),
        last_month=Coalesce("until_month", Value(dt.date.max)),
        is_void=ExpressionWrapper(Q(state=State.VOID), BooleanField()),
    )


# With these and the start month a list shows exactly the rights that run in a given month.
IN_MONTH = (
    Filter("last", "发放至", "dates", "last_month"),
    Filter("void", "自始无效", "yes_no", "is_void"),
)


def amounts_of(entitlement: Entitlement, on: dt.date) -> QuerySet[EntitlementAmount]:
    """What each span of months is worth, the latest first; superseded decisions stay out of sight."""
    return entitlement.amounts.filter(superseded_at__isnull=True).order_by("-from_month")


AMOUNTS = Related(
    "各月金额",
    (
        Column("from_month", "起", "month"),
        Column("until_month", "止", "month"),
        Column("amount_fen", "月金额", "money"),
        Column("reason", "原因"),
        Column("cite", "依据"),
        Column("decided_on", "决定日期", "date"),
    ),
    amounts_of,
    empty="还没有确定金额",
)


def _people(entitlements: Sequence[Entitlement]) -> Iterable[int]:
    return {key for one in entitlements for key in (one.person_id, one.payee_id) if key is not None}


def recipients(benefit: Benefit, title: str, *, icon: str) -> Register:
    """The register of a person's benefit; `title` is what its people are called."""
    facts = (
        Column("name", "姓名", "name", "person__name"),
        Column("id_no", "身份证号", "id_no", "person__id_no"),
        Column("region", "所在村（社区）", "region"),
        Column("amount_now", "月金额", "money"),
        Column("since_month", "起发月", "month", sortable=True),
        Column("state", "状态", "badge", tones=TONES),
        Column("review_due", "下次复核", "date"),
        Column("until_month", "发放至", "month", shown=False),
        Column("end_reason", "停发原因", shown=False),
        Column("payee", "领款人", "name", "payee__name", shown=False),
        Column("case_number", "办件编号", "code", shown=False),
    )
    return Register(
        code=benefit.code,
        title=title,
        model=Entitlement,
        rows=lambda: rights(benefit.code),
        icon=icon,
        unit="人",
        help=f"领取{benefit.title}的人，由确认的办件或数据比对登记；金额为本月应发。",
        name=lambda entitlement: entitlement.person.name,
        persons=_people,
        columns=facts,
        filters=(
            Filter("region", "所在地", "region", "region_id"),
            Filter("state", "状态", "choice", options=STATES),
            Filter("amount", "月金额", "money", "amount_now"),
            Filter("since", "起发月", "dates", "since_month"),
            *IN_MONTH,
            Filter("review", "下次复核", "dates", "review_due"),
        ),
        search=(Search("person__name"), Search("person__id_no", "exact"), Search("case_number", "exact")),
        search_hint="姓名（从姓开始）、完整身份证号或办件编号",
        details=(
            Block(
                benefit.title,
                (*facts, Column("bank_account", "银行账号", "bank_account", "payee__bank_account")),
            ),
            AMOUNTS,
        ),
    )
