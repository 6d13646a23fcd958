"""People and households, as the desk keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.foundation.people.forms import PERSON_FORM
from minzheng.foundation.people.models import (
    SEALED_EVENTS,
    Category,
    FactSheet,
    Household,
    LifeEvent,
    LifeEventKind,
    Membership,
    Person,
    Sex,
)
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, Search


def memberships_of(person: Person, on: dt.date) -> QuerySet[Membership]:
    """Every household the person has lived in, the present one first."""
    return person.memberships.select_related("household__head", "household__region").order_by("-since", "-id")


def members_of(household: Household, on: dt.date) -> QuerySet[Membership]:
    return household.members_on(on)


def sheets_of(subject: Person | Household, on: dt.date) -> QuerySet[FactSheet]:
    return subject.fact_sheets.order_by("-since", "-id")[:20]


def life_events_of(person: Person, on: dt.date) -> QuerySet[LifeEvent]:
    return person.life_events.exclude(kind__in=SEALED_EVENTS).order_by("-happened_on")[:50]


def people_of(households: Sequence[Household]) -> Iterable[int]:
    """A look at a household is a look at everyone who is in it."""
    return Membership.objects.filter(household__in=households, until=None).values_list("person_id", flat=True)


FACT_SHEETS = Related(
    "掌握的情况",
    (
        Column("source", "来源"),
        Column("since", "起", "date"),
        Column("until", "止", "date"),
        Column("facts", "项数", "number", read=lambda sheet: len(sheet.values)),
    ),
    sheets_of,
    empty="还没有登记收入、财产等情况",
)

PEOPLE = Register(
    code="people",
    title="人员",
    model=Person,
    icon="users",
    unit="人",
    read="person.read",
    write="person.write",
    persons=lambda people: [person.pk for person in people],
    form=PERSON_FORM,
    imports=Import(key=("id_no",), note="没有身份证号的人不能导入，请在人员台账里逐个新增。"),
    columns=(
        Column("name", "姓名", "name", sortable=True),
        Column("id_no", "身份证号", "id_no"),
        Column("sex", "性别", "choice"),
        Column("birth_date", "出生日期", "birth_date"),
        Column("region", "居住地", "region"),
        Column("phone", "手机号码", "phone", shown=False),
        Column("hukou_region", "户籍地", "region", shown=False),
        Column("bank_account", "银行账号", "bank_account", shown=False),
        Column("died_on", "死亡日期", "date", shown=False),
        Column("created_at", "建档时间", "moment", shown=False),
    ),
    filters=(
        Filter("region", "居住地", "region", "region_id"),
        Filter("sex", "性别", "choice", options=((Sex.MALE, "男"), (Sex.FEMALE, "女"))),
        Filter("born", "出生日期", "dates", "birth_date"),
        Filter("alive", "在世", "yes_no", "died_on__isnull"),
    ),
    search=(Search("name"), Search("id_no", "exact"), Search("phone", "exact")),
    search_hint="姓名（从姓开始）、完整身份证号或手机号码",
    details=(
        Block(
            "基本情况",
            (
                Column("name", "姓名", "name"),
                Column("id_no", "身份证号", "id_no"),
                Column("sex", "性别", "choice"),
                Column("birth_date", "出生日期", "birth_date"),
                Column("died_on", "死亡日期", "date"),
                Column("phone", "手机号码", "phone"),
                Column("region", "居住地", "region"),
                Column("hukou_region", "户籍地", "region"),
                Column("address", "住址"),
                Column("bank_name", "开户银行"),
                Column("bank_account", "银行账号", "bank_account"),
            ),
        ),
        Related(
            "所在家庭",
            (
                Column("household", "家庭", read=lambda membership: str(membership.household)),
                Column("relation", "与户主关系"),
                Column("region", "所在村（社区）", "region", "household__region"),
                Column("since", "起", "date"),
                Column("until", "止", "date"),
            ),
            memberships_of,
            register="households",
            target=lambda membership: membership.household_id,
            empty="没有登记在任何家庭",
        ),
        FACT_SHEETS,
        Related(
            "生命事件",
            (
                Column("kind", "事件", "choice", options=tuple(LifeEventKind.choices)),
                Column("happened_on", "发生日期", "date"),
                Column("source", "来源"),
            ),
            life_events_of,
        ),
    ),
)

HOUSEHOLDS = Register(
    code="households",
    title="家庭",
    model=Household,
    icon="home",
    unit="户",
    read="person.read",
    write="person.write",
    persons=people_of,
    columns=(
        Column("head", "户主", "name", "head__name"),
        Column("head_id_no", "户主身份证号", "id_no", "head__id_no"),
        Column("category", "城乡", "choice"),
        Column("region", "所在村（社区）", "region"),
        Column("address", "住址", shown=False),
        Column("since", "建档日期", "date", sortable=True),
        Column("until", "终止日期", "date", shown=False),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("category", "城乡", "choice", options=tuple(Category.choices)),
        Filter("since", "建档日期", "dates"),
        Filter("open", "在册", "yes_no", "until__isnull"),
    ),
    search=(Search("head__name"), Search("head__id_no", "exact")),
    search_hint="户主姓名（从姓开始）或完整身份证号",
    details=(
        Block(
            "家庭",
            (
                Column("head", "户主", "name", "head__name"),
                Column("category", "城乡", "choice"),
                Column("region", "所在村（社区）", "region"),
                Column("address", "住址"),
                Column("since", "建档日期", "date"),
                Column("until", "终止日期", "date"),
            ),
        ),
        Related(
            "家庭成员",
            (
                Column("name", "姓名", "name", "person__name"),
                Column("relation", "与户主关系"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("birth_date", "出生日期", "birth_date", "person__birth_date"),
                Column("since", "起", "date"),
            ),
            members_of,
            register="people",
            target=lambda membership: membership.person_id,
            empty="没有在册成员",
        ),
        FACT_SHEETS,
    ),
)
