"""Registers of what homes are watched for: patrols and checks, accidents, money taken in advance."""

from __future__ import annotations

from minzheng.business.elderly.institutions.models import Accident, Check, CheckKind, Prepaid
from minzheng.business.elderly.institutions.register_columns import (
    HOME_COLUMN,
    OF_HOME,
    PLACE,
    PLACE_FILTER,
    concerned,
)
from minzheng.foundation.registers import Column, Filter, Register

CHECKS = Register(
    code="elder-home-checks",
    title="养老机构消防巡查和检查",
    model=Check,
    region=OF_HOME,
    icon="shield-check",
    unit="次",
    columns=(
        HOME_COLUMN,
        PLACE,
        Column("kind", "种类", "choice"),
        Column("done_on", "检查日期", "date", sortable=True),
        Column("done_by", "检查人"),
        Column("hazards", "发现的隐患"),
        Column("mended_on", "整改完成", "date"),
    ),
    filters=(
        PLACE_FILTER,
        Filter("kind", "种类", "choice", options=tuple(CheckKind.choices)),
        Filter("done", "检查日期", "dates", "done_on"),
    ),
)

ACCIDENTS = Register(
    code="elder-home-accidents",
    title="养老机构事故报告",
    model=Accident,
    region=OF_HOME,
    icon="alert-triangle",
    unit="件",
    persons=concerned,
    columns=(
        HOME_COLUMN,
        PLACE,
        Column("kind", "种类", "choice"),
        Column("happened_on", "发生日期", "date", sortable=True),
        Column("reported_on", "报告日期", "date"),
        Column("is_major", "造成死亡或重伤", "yes_no"),
        Column("story", "经过和处置"),
    ),
    filters=(
        PLACE_FILTER,
        Filter("kind", "种类", "choice", options=tuple(Accident.Kind.choices)),
        Filter("major", "造成死亡或重伤", "yes_no", "is_major"),
    ),
)

PREPAID = Register(
    code="elder-home-prepaid",
    title="养老机构预收费",
    covers=("S-110",),
    model=Prepaid,
    region=OF_HOME,
    icon="wallet",
    unit="笔",
    persons=concerned,
    help="超过规定月数、押金倍数或会员费达到预警线的，夜里自动派县级核查（民发〔2024〕19号）。",
    columns=(
        HOME_COLUMN,
        PLACE,
        Column("kind", "种类", "choice"),
        Column("fen", "金额", "money", sortable=True),
        Column("months", "预收月数", "number"),
        Column("paid_on", "收款日期", "date", sortable=True),
        Column("returned_fen", "已退", "money"),
        Column("returned_on", "退款日期", "date", shown=False),
    ),
    filters=(
        PLACE_FILTER,
        Filter("kind", "种类", "choice", options=tuple(Prepaid.Kind.choices)),
        Filter("paid", "收款日期", "dates", "paid_on"),
    ),
)
