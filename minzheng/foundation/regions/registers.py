"""The five levels of divisions, with the days on which each was in force."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search


def children_of(region: Region, on: dt.date) -> QuerySet[Region]:
    return region.children.on(on).order_by("code")


def predecessors_of(region: Region, on: dt.date) -> QuerySet[Region]:
    return region.predecessors.order_by("code")


LEVELS = tuple(Level.choices)

REGIONS = Register(
    code="regions",
    title="行政区划",
    model=Region,
    icon="map-pin",
    unit="个",
    region="code",
    read="region.read",
    columns=(
        Column("name", "名称", "name"),
        Column("code", "区划代码", "code", sortable=True),
        Column("level", "层级", "choice", options=LEVELS),
        Column("full_name", "全称"),
        Column("since", "启用日期", "date"),
        Column("until", "停用日期", "date"),
        Column("source", "来源", shown=False),
    ),
    filters=(
        Filter("region", "所在地", "region", "code"),
        Filter("level", "层级", "choice", options=LEVELS),
        Filter("open", "现行", "yes_no", "until__isnull"),
    ),
    search=(Search("name"), Search("code", "code")),
    search_hint="名称（从第一个字开始）或区划代码",
    details=(
        Block(
            "区划",
            (
                Column("full_name", "全称"),
                Column("code", "区划代码", "code"),
                Column("level", "层级", "choice", options=LEVELS),
                Column("since", "启用日期", "date"),
                Column("until", "停用日期", "date"),
                Column("successor", "变更后", "region"),
                Column("source", "来源"),
            ),
        ),
        Related(
            "下级区划",
            (
                Column("name", "名称", "name"),
                Column("code", "区划代码", "code"),
                Column("level", "层级", "choice", options=LEVELS),
            ),
            children_of,
            register="regions",
            empty="没有下级区划",
        ),
        Related(
            "由哪些区划变更而来",
            (
                Column("name", "名称", "name"),
                Column("code", "区划代码", "code"),
                Column("until", "停用日期", "date"),
            ),
            predecessors_of,
            register="regions",
            empty="没有变更记录",
        ),
    ),
)
