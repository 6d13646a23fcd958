"""The registers of funeral homes: bodies, papers of deaths, who is to be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.funeral.deaths import add_statement, tell_family
from minzheng.business.funeral.models import (
    DeathStatement,
    Reception,
    ReceptionState,
    Source,
    WaiverOffer,
)
from minzheng.business.funeral.registers_filings import (
    AGENTS,
    COUNCILS,
    ECO_BURIALS,
    TRANSPORTS,
)
from minzheng.business.funeral.registers_memorials import MEMORIALS, TRIBUTES
from minzheng.business.funeral.registers_money import BILLS, PRICES, RUNS
from minzheng.business.funeral.registers_places import PLACES, SPOTS, USES
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import (
    Block,
    Column,
    Filter,
    Register,
    RowAction,
    Search,
)

__all__ = [
    "AGENTS",
    "BILLS",
    "COUNCILS",
    "ECO_BURIALS",
    "MEMORIALS",
    "PLACES",
    "PRICES",
    "RUNS",
    "SPOTS",
    "TRANSPORTS",
    "TRIBUTES",
    "USES",
]
READ, WRITE = "funeral.read", "funeral.write"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


STATE = {
    ReceptionState.HELD: "warn",
    ReceptionState.CREMATED: "ok",
    ReceptionState.HANDED_ON: "neutral",
}
BODY = (
    Column("number", "接收编号", "code"),
    Column("person", "逝者", "name", "person__name"),
    Column("home", "殡仪馆", "text", "home__name"),
    Column("died_on", "死亡日期", "date"),
    Column("received_on", "接收日期", "date", sortable=True),
    Column("storage_until", "存放期限", "date", sortable=True),
    Column("cremated_on", "火化日期", "date"),
    Column("state", "状态", "badge", tones=STATE),
)
RECEPTIONS = Register(
    code="receptions",
    title="遗体接收与火化",
    covers=("S-154",),
    model=Reception,
    rows=lambda: Reception.objects.select_related("home", "person"),
    icon="building-community",
    unit="具",
    help="接收要有死亡证明，火化要有死亡证明和家属签字的确认书；火化当时开出火化证明。",
    read=READ,
    write=WRITE,
    name=str,
    persons=persons,
    columns=BODY,
    filters=(
        Filter("state", "状态", "choice"),
        Filter("received", "接收日期", "dates", "received_on"),
        Filter("cremated", "火化日期", "dates", "cremated_on"),
    ),
    search=(
        Search("person__name"),
        Search("person__id_no", "exact"),
        Search("number", "exact"),
        Search("cremation_no", "exact"),
    ),
    search_hint="姓名（从姓开始）、完整身份证号、接收编号或火化编号",
    links=lambda one: [("办理", reverse("desk:funeral:reception", args=[one.pk]))],
    details=(
        Block(
            "遗体",
            (
                *BODY,
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("source", "死亡证明来源", "choice"),
                Column("certificate_no", "死亡证明编号", "code"),
                Column("from_place", "接运地点"),
                Column("family_name", "家属"),
                Column("family_relation", "与逝者关系"),
                Column("family_phone", "家属电话", "phone"),
                Column("extended_reason", "延期（移交）说明"),
                Column("confirmation_no", "火化确认书编号", "code"),
                Column("cremation_no", "火化编号", "code"),
                Column("video_until", "监控录像保存至", "date"),
            ),
        ),
    ),
)
STATEMENTS = Register(
    code="death_statements",
    title="死亡信息",
    covers=("S-159",),
    model=DeathStatement,
    rows=lambda: DeathStatement.objects.select_related("person"),
    icon="file-text",
    unit="条",
    help="同一个人以等级最高的证明为准：医学证明、火化、公安、村报。更高一级的后到，日期和待遇随之更正一次。",
    read=READ,
    write=WRITE,
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("source", "来源", "choice"),
        Column("rank", "等级", "number"),
        Column("died_on", "死亡日期", "date"),
        Column("document_no", "证明编号", "code"),
        Column("stated_on", "登记日期", "date", sortable=True),
    ),
    filters=(Filter("source", "来源", "choice"), Filter("stated", "登记日期", "dates", "stated_on")),
    search=(Search("person__name"), Search("person__id_no", "exact"), Search("document_no", "exact")),
    search_hint="姓名（从姓开始）、完整身份证号或证明编号",
    actions=(
        RowAction(
            "add",
            "补登另一张证明",
            add_statement,
            WRITE,
            "等级更高的证明会更正死亡日期，多发的待遇追回、少发的补发；等级不高的只留存。",
            questions=(
                Question("source", "证明来源", "choice", options=tuple(Source.choices)),
                Question("document_no", "证明编号", "text", max=60),
                Question("died_on", "证明上的死亡日期", "date", tense="past"),
            ),
            bulk=False,
            fresh=True,
        ),
    ),
)
OFFERS = Register(
    code="waiver_offers",
    title="减免提示",
    covers=("S-150",),
    model=WaiverOffer,
    rows=lambda: WaiverOffer.objects.select_related("person"),
    icon="bell",
    unit="户",
    help="有人去世，就近的工作人员告诉家属：四项基本服务费怎样减免、带什么证明。",
    read=READ,
    write="register.write",
    persons=persons,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("region", "居住地", "region"),
        Column("died_on", "死亡日期", "date", sortable=True),
        Column("told_on", "告知日期", "date"),
    ),
    filters=(
        Filter("region", "居住地", "region", "region_id"),
        Filter("waiting", "还没有告知", "yes_no", "told_on__isnull"),
        Filter("died", "死亡日期", "dates", "died_on"),
    ),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
    actions=(
        RowAction(
            "told",
            "已告知家属",
            tell_family,
            "register.write",
            "记下今天已经告知减免政策。",
            is_open=lambda one: one.told_on is None,
        ),
    ),
)
