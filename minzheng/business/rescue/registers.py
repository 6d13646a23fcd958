"""The registers of rescue: stations, stays, refusals; searching and the street stand in files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.rescue.facilities import STATION
from minzheng.business.rescue.intake import decide_extension, set_places
from minzheng.business.rescue.models import Extension, Refusal, Stay, StayState
from minzheng.business.rescue.registers_searching import MATCHES, MISSING, NOTICES, SEARCHES, SETTLEMENTS
from minzheng.business.rescue.registers_street import CASE_FILES, ENCOUNTERS, OUTSIDE, PATROLS
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

__all__ = [
    "CASE_FILES",
    "ENCOUNTERS",
    "MATCHES",
    "MISSING",
    "NOTICES",
    "OUTSIDE",
    "PATROLS",
    "SEARCHES",
    "SETTLEMENTS",
]
READ, WRITE, CONFIRM = "rescue.read", "rescue.write", "rescue.confirm"
RIGHTS: dict[str, Any] = {"read": READ, "write": WRITE, "export": "rescue.export", "reveal": WRITE}
TONES = {StayState.IN_CARE: "warn", StayState.HOSPITAL: "bad", StayState.LEFT: "neutral"}


def of_stay(rows: Sequence[Any]) -> Iterable[int]:
    return {row.stay.person_id for row in rows if row.stay.person_id}


def stations() -> QuerySet[Facility]:
    return Facility.objects.filter(kind=STATION.code).select_related("region")


STATIONS = Register(
    code="rescue_stations",
    title="救助站",
    covers=("S-161",),
    model=Facility,
    rows=stations,
    icon="lifebuoy",
    unit="所",
    help="男、女、未成年人分区安置。开办、地址、电话在“设施”台账登记，这里登记各区床位。",
    **RIGHTS,
    columns=(
        Column("name", "名称", "name"),
        Column("region", "所在地", "region"),
        Column("phone_public", "对外电话", "text", "phone"),
        Column("places", "床位", read=lambda one: one.size),
        Column("opened_on", "开办日期", "date", sortable=True),
    ),
    filters=(Filter("region", "所在地", "region", "region_id"),),
    search=(Search("name", "contains"),),
    search_hint="名称",
    actions=(
        RowAction(
            "places", "登记床位", set_places, WRITE, "按区登记现有床位数，有人住的床位不能减掉。",
            questions=tuple(
                Question(key, label, "number", min=0, max=500) for key, label in STATION.counts
            ),
            bulk=False,
        ),
    ),
)  # fmt: skip
STAY = (
    Column("number", "救助编号", "code"),
    Column("called", "姓名或代称", "name"),
    Column("identity", "身份", "choice"),
    Column("sex", "性别", "choice"),
    Column("age", "年龄（约）", "number"),
    Column("arrived_on", "入站日期", "date", sortable=True),
    Column("until", "救助期限", "date", sortable=True),
    Column("state", "状态", "badge", tones=TONES),
    Column("left_on", "离站日期", "date", shown=False),
    Column("way", "离站方式", "choice", shown=False),
)
STAYS = Register(
    code="rescue_stays",
    title="救助",
    covers=("S-161",),
    model=Stay,
    rows=lambda: Stay.objects.select_related("station", "care_region"),
    icon="lifebuoy",
    unit="人次",
    help="自愿、无偿；身份不明的先用代称，查明以后才与人员档案关联。",
    **RIGHTS,
    name=str,
    persons=lambda rows: {one.person_id for one in rows if one.person_id},
    columns=STAY,
    filters=(
        Filter("state", "状态", "choice"),
        Filter("identity", "身份", "choice"),
        Filter("source", "来源", "choice"),
        Filter("need", "求助原因", "choice"),
        Filter("way", "离站方式", "choice"),
        Filter("arrived", "入站日期", "dates", "arrived_on"),
        Filter("until", "救助期限", "dates", "until"),
    ),
    search=(Search("number", "exact"), Search("called"), Search("person__id_no", "exact"), Search("found_at", "contains")),
    search_hint="救助编号、姓名或代称（从头开始）、完整身份证号、发现地点",
    links=lambda one: [("办理", reverse("desk:rescue:stay", args=[one.pk]))],
    details=(
        Block(
            "救助",
            (
                *STAY,
                Column("station", "救助站", "text", "station__name"),
                Column("wing", "居住区", "choice"),
                Column("bed", "床位"),
                Column("source", "来源", "choice"),
                Column("need", "求助原因", "choice"),
                Column("found_on", "发现日期", "date"),
                Column("found_at", "发现地点"),
                Column("dialect", "口音"),
                Column("stated_home", "自述住址"),
                Column("features", "体貌特征"),
                Column("destination", "去向"),
            ),
        ),
        Related(
            "随身物品",
            (Column("what", "物品"), Column("count", "数量", "number"), Column("returned_on", "返还日期", "date")),
            lambda stay, day: stay.belongings.all(),
        ),
    ),
)  # fmt: skip
EXTENSIONS = Register(
    code="rescue_extensions",
    title="延期救助",
    covers=("S-161",),
    model=Extension,
    rows=lambda: Extension.objects.select_related("stay", "asked_by", "decided_by"),
    icon="clock",
    unit="件",
    help="超过期限的由县级另一位同志核准。",
    **RIGHTS,
    persons=of_stay,
    columns=(
        Column("stay", "救助编号", "code", "stay__number"),
        Column("days", "延长（日）", "number"),
        Column("reason", "原因"),
        Column("asked_by", "申请人", "text", "asked_by__name"),
        Column("asked_on", "申请日期", "date", sortable=True),
        Column("granted", "同意", "yes_no"),
        Column("decided_by", "核准人", "text", "decided_by__name"),
    ),
    filters=(
        Filter("waiting", "等待核准", "yes_no", "granted__isnull"),
        Filter("asked", "申请日期", "dates", "asked_on"),
    ),
    actions=(
        RowAction(
            "decide", "核准延期", decide_extension, CONFIRM, "同意的，期限从原来的最后一天往后延；不同意的写明理由。",
            questions=(
                Question("granted", "同意延期吗？", "yes_no"),
                Question("note", "意见", "text", required=False, max=200, hint="不同意的必填。"),
            ),
            is_open=lambda one: one.granted is None,
            bulk=False,
        ),
    ),
)  # fmt: skip
REFUSALS = Register(
    code="rescue_refusals",
    title="不予救助",
    covers=("S-161",),
    model=Refusal,
    rows=lambda: Refusal.objects.select_related("station"),
    icon="ban",
    unit="件",
    help="不予救助必须书面说明理由，并告知可以怎样投诉、复议、诉讼。",
    **RIGHTS,
    name=str,
    columns=(
        Column("number", "文号", "code"),
        Column("name", "姓名", "name"),
        Column("station", "救助站", "text", "station__name"),
        Column("asked_on", "求助日期", "date", sortable=True),
        Column("grounds", "情形", "choice"),
        Column("reason", "理由"),
    ),
    filters=(Filter("grounds", "情形", "choice"), Filter("asked", "求助日期", "dates", "asked_on")),
    search=(Search("name"), Search("number", "exact")),
    search_hint="姓名（从姓开始）或文号",
    links=lambda one: [("打印通知书", reverse("desk:rescue:refusal", args=[one.pk]))],
)
