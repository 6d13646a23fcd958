"""Registers of the street patrols, and of the case records exchanged with other stations."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from minzheng.business.rescue.models import CaseFile, Encounter, Met, OutsideCase, Patrol, Season
from minzheng.foundation.registers import Column, Filter, Register, Related, Search

PATROL = "rescue.patrol"
READ, WRITE, EXPORT = "rescue.read", "rescue.write", "rescue.export"
STREET: dict[str, Any] = {"read": PATROL, "write": PATROL, "export": EXPORT}
FILES: dict[str, Any] = {"read": READ, "write": WRITE, "export": EXPORT, "reveal": WRITE}
TONES = {Season.WINTER: "info", Season.SUMMER: "warn", Season.DAILY: "neutral"}
MET = (
    Column("patrol_on", "日期", "date", "patrol__on"),
    Column("place", "地点"),
    Column("called", "姓名或代称", "name"),
    Column("sex", "性别", "choice"),
    Column("age", "年龄（约）", "number"),
    Column("given", "发放物资", read=lambda one: one.given),
    Column("outcome", "处理", "badge", tones={Met.ACCEPTED: "ok", Met.HOSPITAL: "bad"}),
)
PATROLS = Register(
    code="rescue_patrols",
    title="街面巡查",
    covers=("S-163",),
    model=Patrol,
    rows=lambda: Patrol.objects.select_related("region"),
    icon="route",
    unit="次",
    help="寒冬送温暖、夏季送清凉和日常巡查。属于哪项行动由日期决定（标准 rescue_winter、rescue_summer）。",
    **STREET,
    columns=(
        Column("on", "日期", "date", sortable=True),
        Column("season", "行动", "badge", tones=TONES),
        Column("region", "巡查地", "region"),
        Column("route", "路线"),
        Column("team", "巡查人员"),
        Column("staff", "出动人数", "number"),
        Column("vehicles", "出动车辆", "number"),
    ),
    filters=(
        Filter("region", "巡查地", "region", "region_id"),
        Filter("season", "行动", "choice"),
        Filter("on", "日期", "dates"),
    ),
    search=(Search("route", "contains"), Search("team", "contains")),
    search_hint="路线或巡查人员",
    links=lambda one: [("打开", reverse("desk:rescue:patrol", args=[one.pk]))],
    details=(Related("遇到的人", MET[1:], lambda patrol, day: patrol.met.order_by("at")),),
)
ENCOUNTERS = Register(
    code="rescue_encounters",
    title="巡查遇到的人",
    covers=("S-163",),
    model=Encounter,
    rows=lambda: Encounter.objects.select_related("patrol"),
    icon="users",
    unit="人次",
    help="在哪里遇到、发了什么、怎样处理。",
    **STREET,
    columns=MET,
    filters=(
        Filter("outcome", "处理", "choice"),
        Filter("season", "行动", "choice", "patrol__season", options=tuple(Season.choices)),
        Filter("on", "日期", "dates", "patrol__on"),
    ),
    search=(Search("place", "contains"), Search("called")),
    search_hint="地点、姓名或代称",
)
CASE_FILES = Register(
    code="rescue_case_files",
    title="个案交换文件",
    covers=("S-165",),
    model=CaseFile,
    icon="arrows-exchange",
    unit="个",
    help="与救助管理信息系统交换的每个文件：方向、时段、记录数、在站天数合计、校验值。",
    **FILES,
    columns=(
        Column("at", "时间", "moment", sortable=True),
        Column("direction", "方向", "choice"),
        Column("station", "来源"),
        Column("since", "入站日期起", "date"),
        Column("until", "入站日期止", "date"),
        Column("records", "记录数", "number"),
        Column("days", "在站天数合计", "number"),
    ),
    filters=(Filter("direction", "方向", "choice"), Filter("since", "入站日期", "dates")),
)
OUTSIDE = Register(
    code="rescue_outside",
    title="外站救助个案",
    covers=("S-165",),
    model=OutsideCase,
    rows=lambda: OutsideCase.objects.select_related("file"),
    icon="world",
    unit="人次",
    help="别的救助站送来的个案。同一身份证号的人再进站时，救助页面会提示。",
    **FILES,
    columns=(
        Column("number", "救助编号", "code"),
        Column("name", "姓名或代称", "name"),
        Column("id_no", "身份证号", "id_no"),
        Column("sex", "性别", "choice"),
        Column("age", "年龄", "number"),
        Column("arrived_on", "入站日期", "date", sortable=True),
        Column("left_on", "离站日期", "date"),
        Column("way", "离站方式"),
        Column("station", "来源", "text", "file__station"),
    ),
    filters=(Filter("arrived", "入站日期", "dates", "arrived_on"),),
    search=(Search("number", "exact"), Search("name"), Search("id_no", "exact")),
    search_hint="救助编号、姓名（从姓开始）或完整身份证号",
)
