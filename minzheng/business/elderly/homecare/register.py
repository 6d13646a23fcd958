"""Beds at home, devices, alarms."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.elderly.homecare.models import Alarm, AlarmState, CareBed, Device, DeviceKind
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search


def people_of(rows: Sequence[Any]) -> Iterable[int]:
    return {one.person_id for one in rows}


WHO = (
    Column("name", "姓名", "name", "person__name"),
    Column("id_no", "身份证号", "id_no", "person__id_no"),
    Column("region", "所在村（社区）", "region"),
)
SEARCH = (Search("person__name"), Search("person__id_no", "exact"))
BED = (
    *WHO,
    Column("provider", "服务机构", path="provider__name"),
    Column("contract_no", "合同编号"),
    Column("since", "启用", "date", sortable=True),
    Column("until", "终止", "date"),
    Column("ended_for", "终止原因"),
)
CARE_BEDS = Register(
    code="care-beds",
    title="家庭养老床位",
    covers=("S-092",),
    model=CareBed,
    icon="bed",
    unit="张",
    help="由确认的办件自动登记；入住机构、去世自动终止。",
    name=lambda bed: f"{bed.person.name}的家庭养老床位",
    persons=people_of,
    columns=BED,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("running", "运行中", "yes_no", "until__isnull"),
    ),
    search=SEARCH,
    search_hint="姓名（从姓开始）或完整身份证号",
    links=lambda bed: (
        [("安排服务", reverse("desk:services:new", args=[bed.person_id]))]
        + ([("办件", reverse("desk:case", args=[bed.case.number]))] if bed.case else [])
    ),
    details=(
        Block("床位", BED),
        Related(
            "设备",
            (
                Column("kind", "设备", "choice"),
                Column("serial", "编号"),
                Column("installed_on", "安装", "date"),
            ),
            lambda bed, on: bed.devices.order_by("id"),
            register="care-devices",
        ),
        Related(
            "上门服务",
            (
                Column("kind", "服务", read=lambda one: one.declared.title),
                Column("finished_at", "完成", "moment"),
                Column("state", "状态", "choice"),
                Column("rating", "评价", "number"),
            ),
            lambda bed, on: bed.person.orders.filter(payer="bed").order_by("-asked_at")[:60],
            register="service-orders",
        ),
    ),
)
DEVICES = Register(
    code="care-devices",
    title="居家养老设备",
    model=Device,
    icon="device-mobile",
    unit="台",
    persons=people_of,
    columns=(
        *WHO,
        Column("kind", "种类", "choice"),
        Column("serial", "设备编号", "code"),
        Column("installed_on", "安装", "date"),
        Column("removed_on", "拆除", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "种类", "choice", options=tuple(DeviceKind.choices)),
    ),
    search=(*SEARCH, Search("serial", "exact")),
    search_hint="姓名（从姓开始）、完整身份证号或设备编号",
)
ALARMS = Register(
    code="care-alarms",
    title="居家报警",
    covers=("S-100",),
    model=Alarm,
    icon="bell-ringing",
    unit="次",
    persons=people_of,
    columns=(
        *WHO,
        Column("what", "报警内容"),
        Column("rang_at", "报警", "moment"),
        Column("answered_at", "应答", "moment"),
        Column("told", "通知了谁"),
        Column("closed_at", "处置完毕", "moment"),
        Column(
            "state",
            "状态",
            "badge",
            tones={"ringing": "bad", "answered": "warn", "sent": "warn", "closed": "ok"},
        ),
        Column("report", "处置报告", shown=False),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状态", "choice", options=tuple(AlarmState.choices)),
        Filter("rang", "报警日期", "dates", "rang_at"),
    ),
    search=SEARCH,
    search_hint="姓名（从姓开始）或完整身份证号",
)
