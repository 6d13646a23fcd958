"""Who still waits for a service of the list."""

from __future__ import annotations

from django.urls import reverse

from minzheng.business.elderly.basics.catalogue import own_titles
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.foundation.registers import Column, Filter, Register, Search

GUARANTEED = Register(
    code="basic-elder-services",
    title="基本养老服务落实",
    covers=("S-077",),
    model=Guaranteed,
    icon="checklist",
    unit="项",
    help="按基本养老服务清单逐人核对：应当得到、得到了没有。每天夜里更新；还没有得到的，请上门了解、代为申请。",
    name=lambda one: f"{one.person.name}：{own_titles().get(one.entry, one.entry)}",
    persons=lambda rows: {one.person_id for one in rows},
    columns=(
        Column("name", "姓名", "name", "person__name"),
        Column("birth_date", "出生日期", "birth_date", "person__birth_date"),
        Column("region", "所在村（社区）", "region"),
        Column("entry", "服务", read=lambda one: own_titles().get(one.entry, one.entry), path="entry"),
        Column("given", "已得到", "yes_no"),
        Column("looked_on", "核对日期", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("entry", "服务", "choice", options=lambda: tuple(own_titles().items())),
        Filter("given", "已得到", "yes_no", "given"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    links=lambda one: [
        ("这位老人", reverse("desk:person", args=[one.person_id])),
        ("安排服务", reverse("desk:services:new", args=[one.person_id])),
    ],
)
