"""Guests of day-care centres, and their days."""

from __future__ import annotations

from django.urls import reverse

from minzheng.business.elderly.daycare.actions import leave
from minzheng.business.elderly.daycare.models import Attendance, DayGuest
from minzheng.foundation.registers import Column, Filter, Register, Related, RowAction, Search

DAY_GUESTS = Register(
    code="day-guests",
    title="日间照料对象",
    covers=("S-096",),
    model=DayGuest,
    icon="heart-handshake",
    unit="人",
    help="在日间照料中心登记的老人；哪天来、吃几餐、收多少，由中心每天登记。",
    persons=lambda rows: {one.person_id for one in rows},
    columns=(
        Column("name", "姓名", "name", "person__name"),
        Column("id_no", "身份证号", "id_no", "person__id_no"),
        Column("facility", "日间照料中心", path="facility__name"),
        Column("region", "中心所在地", "region"),
        Column("day_fee_fen", "每天收费", "money"),
        Column("contact", "紧急联系人", shown=False),
        Column("since", "登记", "date", sortable=True),
        Column("until", "离开", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("here", "在册", "yes_no", "until__isnull"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact"), Search("facility__name")),
    search_hint="姓名、完整身份证号，或中心名称（从第一个字开始）",
    links=lambda one: [("签到", reverse("desk:day_care", args=[one.facility_id]))],
    actions=(
        RowAction(
            "leave", "登记离开", leave, "register.write", "今天起不再来；以前的签到保留。",
            is_open=lambda one: one.until is None,
        ),
    ),
    details=(
        Related(
            "最近的签到",
            (
                Column("on", "日期", "date"),
                Column("meals", "用餐", "number"),
                Column("fee_fen", "收费", "money"),
            ),
            lambda one, on: one.days.order_by("-on")[:40],
            empty="还没有来过",
        ),
    ),
)  # fmt: skip

ATTENDANCE = Register(
    code="day-care-days",
    title="日间照料签到",
    covers=("S-096",),
    model=Attendance,
    icon="calendar-event",
    unit="人次",
    help="按月汇总就是补贴的依据；补贴在“服务结算”里编制。",
    name=lambda one: f"{one.guest.person.name} {one.on:%m月%d日}",
    persons=lambda rows: {one.guest.person_id for one in rows},
    columns=(
        Column("name", "姓名", "name", "guest__person__name"),
        Column("facility", "日间照料中心", path="facility__name"),
        Column("region", "中心所在地", "region"),
        Column("on", "日期", "date", sortable=True),
        Column("meals", "用餐", "number"),
        Column("fee_fen", "收费", "money"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("on", "日期", "dates", "on"),
    ),
    search=(Search("guest__person__name"), Search("facility__name")),
    search_hint="姓名或中心名称（从第一个字开始）",
)
