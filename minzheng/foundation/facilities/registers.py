"""The common register of facilities, and where villages' offices stand."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.foundation.facilities.actions import (
    change_operator,
    close_facility,
    pause_facility,
    resume_facility,
    set_size,
)
from minzheng.foundation.facilities.models import Facility, Seat, State
from minzheng.foundation.facilities.words import CommonKinds, kinds
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, RowAction, Search

TONES = {State.OPEN: "ok", State.PLANNED: "info", State.PAUSED: "warn", State.CLOSED: "neutral"}
ONLY_COMMON = CommonKinds()


def common() -> QuerySet[Facility]:
    """Kinds with a permission of their own have a register of their own."""
    return Facility.objects.filter(kind__in=[kind.code for kind in kinds() if kind.is_common])


FACTS = (
    Column("name", "名称", "name"),
    Column("kind", "种类", read=lambda facility: facility.kind_title),
    Column("region", "所在地", "region"),
    Column("organisation", "运营单位", "text", "organisation__name"),
    Column("address", "地址"),
    Column("phone_public", "对外电话", "text", "phone"),
    Column("size", "规模", read=lambda facility: facility.size),
    Column("opened_on", "开办日期", "date", sortable=True),
    Column("closed_on", "关闭日期", "date", shown=False),
    Column("state", "状态", "badge", tones=TONES),
)

FACILITIES = Register(
    code="facilities",
    title="设施",
    model=Facility,
    rows=common,
    icon="building",
    unit="处",
    help="搬迁的设施关闭原记录、在新址另行登记；关闭的保留记录，不删除。",
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "种类", "choice", options=lambda: tuple(ONLY_COMMON)),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("located", "未标位置", "yes_no", "longitude__isnull"),
    ),
    search=(Search("name", "contains"),),
    search_hint="名称",
    form=Form(
        (
            Section(
                "facility",
                "设施",
                (
                    Question("name", "名称", max=100),
                    Question("kind", "种类", "choice", options=ONLY_COMMON),  # type: ignore[arg-type]
                    Question("region", "所在地", "region"),
                    Question("address", "地址", required=False),
                    Question(
                        "phone", "对外电话", "phone", required=False, hint="群众打的电话，会向公众公开。"
                    ),
                    Question("longitude", "经度", "number", decimals=6, required=False, hint="如 109.171500"),
                    Question("latitude", "纬度", "number", decimals=6, required=False, hint="如 27.353600"),
                    Question("opened_on", "开办日期", "date", tense="past"),
                    Question("remark", "备注", required=False),
                ),
            ),
        )
    ),
    imports=Import(
        key=("region", "kind", "name"), note="同一村（社区）同种同名的视为同一处。没有坐标的也可以先导入。"
    ),
    actions=(
        RowAction(
            "operator",
            "更换运营单位",
            change_operator,
            permission="register.write",
            confirm="从现在起由这个单位运营，它的机构账户看得到、办得了这处设施的业务。",
            questions=(
                Question(
                    "uscc", "运营单位的统一社会信用代码", min=18, max=24, hint="单位须先在单位台账登记。"
                ),
            ),
            is_open=lambda facility: facility.closed_on is None,
            bulk=False,
        ),
        RowAction(
            "size",
            "登记规模",
            set_size,
            permission="register.write",
            confirm="第一项是床位、座位（互助点填互助员），第二项是工作人员。没有变的留空。",
            questions=(
                Question("first", "第一项（床位、座位）", "number", min=0, max=100000, required=False),
                Question("second", "第二项（工作人员）", "number", min=0, max=100000, required=False),
            ),
            is_open=lambda facility: facility.closed_on is None and bool(facility.word.counts),
            bulk=False,
        ),
        RowAction(
            "pause",
            "暂停",
            pause_facility,
            permission="register.write",
            confirm="暂停期间不对外服务，群众在“身边的服务”里看到“暂停”。",
            is_open=lambda facility: facility.state == State.OPEN,
        ),
        RowAction(
            "resume",
            "恢复运营",
            resume_facility,
            permission="register.write",
            confirm="恢复后重新对外服务。",
            is_open=lambda facility: facility.state in {State.PAUSED, State.PLANNED},
        ),
        RowAction(
            "close",
            "关闭",
            close_facility,
            permission="register.write",
            confirm="关闭后不能恢复，记录保留备查；重新开办的另行登记。",
            questions=(
                Question("closed_on", "关闭日期", "date", tense="past"),
                Question("reason", "关闭原因", required=False),
            ),
            is_open=lambda facility: facility.closed_on is None,
            danger=True,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "设施",
            (
                *FACTS,
                Column("longitude", "经度"),
                Column("latitude", "纬度"),
                Column("remark", "备注"),
            ),
        ),
    ),
)

SEATS = Register(
    code="village-seats",
    title="村（社区）驻地",
    model=Seat,
    icon="map-pin",
    unit="个",
    help="村（居）委会的位置，用来计算居民到设施的路程。",
    columns=(
        Column("region", "村（社区）", "region"),
        Column("longitude", "经度"),
        Column("latitude", "纬度"),
        Column("source", "来源"),
    ),
    filters=(Filter("region", "所在地", "region", "region_id"),),
    form=Form(
        (
            Section(
                "seat",
                "村（社区）驻地",
                (
                    Question("region", "村（社区）", "region"),
                    Question("longitude", "经度", "number", decimals=6, min=73, max=136),
                    Question("latitude", "纬度", "number", decimals=6, min=3, max=54),
                    Question("source", "来源", max=60, hint="如：自然资源局地理信息、实地测量"),
                ),
            ),
        )
    ),
    imports=Import(key=("region",), note="一个村（社区）一行。"),
)
