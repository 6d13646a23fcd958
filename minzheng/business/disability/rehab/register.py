"""Who is in community rehabilitation, by whom, and when the next check is due."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.disability.rehab.keeping import SERVICE
from minzheng.business.disability.rehab.models import Level, Rehab
from minzheng.foundation.people.named import SEARCH_HINT, WHERE, people_of
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search
from minzheng.foundation.services.models import Order

FACTS = (
    Column("name", "姓名", "name", "person__name"),
    Column("region", "所在村（社区）", "region"),
    Column("level", "康复等级", "badge", tones={"light": "ok", "medium": "warn", "heavy": "bad"}),
    Column("provider", "服务机构", path="provider__name"),
    Column("since", "开始", "date", sortable=True),
    Column("last_check", "最近复评", "date"),
    Column("next_check", "下次复评不晚于", "date", sortable=True),
    Column("until", "结束", "date", shown=False),
)


def services_of(one: Rehab, on: dt.date) -> QuerySet[Order]:
    return Order.objects.filter(person=one.person_id, kind=SERVICE).order_by("-asked_at")[:36]


def pages_of(one: Rehab) -> list[tuple[str, str]]:
    return [
        ("安排服务", reverse("desk:services:new", args=[one.person_id])),
        ("办件", reverse("desk:case", args=[one.case.number])),
    ]


REHABS = Register(
    code="rehabs",
    title="精神障碍社区康复",
    covers=("S-136",),
    model=Rehab,
    icon="mood-smile",
    unit="人",
    read="person.read",
    help="由确认的办件自动登记：每月自动向服务机构下单，每季自动派出复评；去世、达到目标自动办结。",
    name=lambda one: f"{one.person.name}的社区康复",
    persons=people_of,
    columns=FACTS,
    filters=(
        WHERE,
        Filter("level", "康复等级", "choice", options=tuple(Level.choices)),
        Filter("running", "服务中", "yes_no", "until__isnull"),
        Filter("due", "下次复评", "dates", "next_check"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint=SEARCH_HINT,
    links=pages_of,
    details=(
        Block(
            "社区康复",
            (*FACTS, Column("plan", "康复计划"), Column("ended_for", "结束原因")),
        ),
        Related(
            "每月服务",
            (
                Column("asked_at", "下单", "moment"),
                Column("finished_at", "完成", "moment"),
                Column("state", "状态", "choice"),
                Column("rating", "评价", "number"),
            ),
            services_of,
            register="service-orders",
            empty="还没有服务；服务机构没有合同的不会自动下单，请先签购买服务合同。",
        ),
    ),
)
