"""Families with a label, with the wording of before beside today's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.assistance.models import Label, Recognition
from minzheng.foundation.people.models import Membership
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search


def people_of(shown: Sequence[Recognition]) -> Iterable[int]:
    households = [one.household_id for one in shown]
    members = Membership.objects.filter(household__in=households, until=None)
    return {*members.values_list("person_id", flat=True), *(one.household.head_id for one in shown)}


def members_of(held: Recognition, on: dt.date) -> QuerySet[Membership]:
    return held.household.members_on(on)


FACTS = (
    Column("name", "户主", "name", "household__head__name"),
    Column("region", "所在村（社区）", "region"),
    Column("label", "类别", "choice"),
    Column("since", "认定日期", "date"),
    Column("until", "有效期至（不含）", "date"),
    Column("case", "办件编号", "code", "case__number"),
    Column("end_reason", "终止原因", shown=False),
)
RECOGNITIONS = Register(
    code="recognitions",
    title="低保边缘和刚性支出困难家庭",
    covers=("S-036", "S-037", "S-038"),
    model=Recognition,
    rows=lambda: Recognition.objects.select_related("household__head", "case"),
    icon="home-heart",
    unit="户",
    help="只有身份、不发钱的困难家庭，有效期不超过12个月，期满重新申请。原来的说法（低收入户、支出型贫困家庭）一并注明。",
    name=lambda one: f"{one.household.head.name}户",
    links=lambda one: [("各部门的措施", reverse("desk:referrals:measures", args=[one.household.head_id]))],
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("label", "类别", "choice", options=tuple(Label.choices)),
        Filter("region", "所在地", "region", "region_id"),
        Filter("since", "认定日期", "dates"),
        Filter("until", "有效期至", "dates"),
    ),
    search=(Search("household__head__name"), Search("case__number", "exact")),
    search_hint="户主姓名（从姓开始）或办件编号",
    details=(
        Block("认定", FACTS),
        Related(
            "家庭成员",
            (
                Column("name", "姓名", "name", "person__name"),
                Column("relation", "与户主关系"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
            ),
            members_of,
            register="people",
            target=lambda membership: membership.person_id,
            empty="没有在册家庭成员",
        ),
    ),
)
