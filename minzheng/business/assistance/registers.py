"""Families that receive dibao, as the county keeps them (长期公示名单 rests on the same rows)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.assistance.benefits import DIBAO, TEKUN
from minzheng.business.assistance.charity.register import CHARITY_AIDS
from minzheng.business.assistance.corrections.register import CORRECTIONS
from minzheng.business.assistance.labels.registers import RECOGNITIONS
from minzheng.business.assistance.library.register import LIBRARY
from minzheng.business.assistance.poor.register import POOR
from minzheng.business.assistance.referrals.register import REFERRALS
from minzheng.business.assistance.relative.register import PLACES, STUDIES
from minzheng.business.assistance.spot_register import SPOT_DRAWS
from minzheng.business.assistance.tekun.registers import AGREEMENTS, CARE, WAITING
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.recipients import AMOUNTS, IN_MONTH, STATES, TONES, recipients, rights
from minzheng.foundation.people.models import Membership
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search

__all__ = [
    "AGREEMENTS",
    "CARE",
    "CHARITY_AIDS",
    "CORRECTIONS",
    "LIBRARY",
    "PLACES",
    "POOR",
    "RECIPIENTS",
    "RECOGNITIONS",
    "REFERRALS",
    "SPOT_DRAWS",
    "STUDIES",
    "TEKUN_RECIPIENTS",
    "WAITING",
]


def families() -> QuerySet[Entitlement]:
    return rights(DIBAO.code)


def people_of(entitlements: Sequence[Entitlement]) -> Iterable[int]:
    """A look at a recipient family is a look at everyone in it and at who is paid."""
    households = [one.household_id for one in entitlements if one.household_id]
    members = Membership.objects.filter(household__in=households, until=None)
    return {
        *members.values_list("person_id", flat=True),
        *(one.person_id for one in entitlements),
        *(one.payee_id for one in entitlements),
    }


def members_of(entitlement: Entitlement, on: dt.date) -> Iterable[Membership]:
    return entitlement.household.members_on(on) if entitlement.household else ()


RECIPIENTS = Register(
    code="dibao",
    title="低保对象",
    model=Entitlement,
    rows=families,
    icon="home-heart",
    unit="户",
    help="由确认的办件自动登记，金额为本月应发。",
    name=lambda entitlement: f"{entitlement.person.name}户",
    persons=people_of,
    links=lambda one: [("各部门的措施", reverse("desk:referrals:measures", args=[one.person_id]))],
    columns=(
        Column("name", "持证人", "name", "person__name"),
        Column("id_no", "身份证号", "id_no", "person__id_no"),
        Column("region", "所在村（社区）", "region"),
        Column("grade", "类别"),
        Column("amount_now", "月保障金", "money"),
        Column("since_month", "起发月", "month", sortable=True),
        Column("review_due", "下次复核", "date"),
        Column("state", "状态", "badge", tones=TONES),
        Column("case_number", "办件编号", "code", shown=False),
        Column("payee", "领款人", "name", "payee__name", shown=False),
        Column("until_month", "发放至", "month", shown=False),
        Column("end_reason", "停发原因", shown=False),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状态", "choice", options=STATES),
        Filter("amount", "月保障金", "money", "amount_now"),
        Filter("category", "城乡", "choice", "household__category"),
        Filter("since", "起发月", "dates", "since_month"),
        *IN_MONTH,
        Filter("review", "下次复核", "dates", "review_due"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact"), Search("case_number", "exact")),
    search_hint="持证人姓名（从姓开始）、完整身份证号或办件编号",
    details=(
        Block(
            "低保",
            (
                Column("name", "持证人", "name", "person__name"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("region", "所在村（社区）", "region"),
                Column("state", "状态", "badge", tones=TONES),
                Column("grade", "类别"),
                Column("amount_now", "月保障金", "money"),
                Column("since_month", "起发月", "month"),
                Column("until_month", "发放至", "month"),
                Column("end_reason", "停发原因"),
                Column("review_due", "下次复核", "date"),
                Column("payee", "领款人", "name", "payee__name"),
                Column("bank_account", "银行账号", "bank_account", "payee__bank_account"),
                Column("case_number", "办件编号", "code"),
            ),
        ),
        Related(
            "保障人口",
            (
                Column("name", "姓名", "name", "person__name"),
                Column("relation", "与户主关系"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("birth_date", "出生日期", "date", "person__birth_date"),
            ),
            members_of,
            register="people",
            target=lambda membership: membership.person_id,
            empty="没有在册家庭成员",
        ),
        AMOUNTS,
    ),
)
TEKUN_RECIPIENTS = recipients(TEKUN, "特困供养对象", icon="heart-handshake")
