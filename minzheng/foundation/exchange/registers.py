"""部门信息共享台账: who asked which department for what, why, on what authority, and what came of it."""

from __future__ import annotations

from minzheng.foundation.exchange.models import ExchangeCall, Outcome
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registers import Block, Column, Filter, Register, Search
from minzheng.foundation.registry.words import shelf

TONES = {
    Outcome.ANSWERED: "ok",
    Outcome.PARTIAL: "warn",
    Outcome.ACCEPTED: "info",
    Outcome.UNKNOWN: "bad",
    Outcome.REFUSED: "bad",
    Outcome.FAILED: "bad",
}


def sources() -> tuple[tuple[str, str], ...]:
    """What the catalogue of this installation offers, for the filter."""
    return tuple((source.code, source.title) for source in shelf(Source))


def title_of(call: ExchangeCall) -> str:
    """The source in words; its code once it has left the catalogue."""
    return shelf(Source).get(call.source).title if call.source in shelf(Source) else call.source


def fields_of(call: ExchangeCall) -> str:
    if call.source not in shelf(Source):
        return "、".join(call.fields)
    titles = {field.key: field.title for field in shelf(Source).get(call.source).fields}
    return "、".join(titles.get(key, key) for key in call.fields)


def period_of(call: ExchangeCall) -> str:
    if call.period_from is None and call.period_until is None:
        return ""
    return f"{call.period_from or '不限'} 至 {call.period_until or '当日'}"


WHAT = (
    Column("source", "数据来源", read=title_of),
    Column("direction", "方向", "choice"),
    Column("purpose", "用途", "choice"),
    Column("fields", "信息项", read=fields_of),
    Column("authorisation", "授权或依据"),
    Column("persons_count", "人数", "number"),
    Column("period", "信息期间", read=period_of),
)
COURSE = (
    Column("requester", "经办人", "name", read=lambda call: str(call.requester or "系统")),
    Column("request_id", "请求编号", "code"),
    Column("started_at", "开始时间", "moment"),
    Column("finished_at", "结束时间", "moment"),
    Column("outcome", "结果", "badge", tones=TONES),
    Column("records", "记录数", "number"),
    Column("bytes", "字节数", "number"),
    Column("problem", "说明"),
)

EXCHANGES = Register(
    code="exchanges",
    covers=("S-028",),
    title="部门信息共享台账",
    model=ExchangeCall,
    icon="arrows-exchange",
    unit="次",
    read="exchange.read",
    help="每一次向其他部门查询、每一份收到的文件，都在这里：用途、授权、信息项、时间和结果。不含个人信息。",
    rows=lambda: ExchangeCall.objects.select_related("region", "requester"),
    name=lambda call: f"{title_of(call)} {call.started_at:%Y-%m-%d}",
    columns=(
        Column("started_at", "时间", "moment", sortable=True),
        Column("source", "数据来源", read=title_of),
        Column("purpose", "用途", "choice"),
        Column("direction", "方向", "choice", shown=False),
        Column("authorisation", "授权或依据"),
        Column("fields", "信息项", read=fields_of, shown=False),
        Column("persons_count", "人数", "number"),
        Column("region", "地区", "region"),
        Column("requester", "经办人", "name", read=lambda call: str(call.requester or "系统")),
        Column("outcome", "结果", "badge", tones=TONES),
        Column("problem", "说明", shown=False),
        Column("request_id", "请求编号", "code", shown=False),
    ),
    filters=(
        Filter("source", "数据来源", "choice", options=sources),
        Filter("purpose", "用途", "choice"),
        Filter("outcome", "结果", "choice"),
        Filter("region", "地区", "region", "region_id"),
        Filter("when", "时间", "dates", "started_at__date"),
    ),
    search=(Search("request_id", "exact"), Search("authorisation", "contains")),
    search_hint="请求编号，或授权里的办件编号",
    details=(Block("查询了什么", WHAT), Block("经过和结果", COURSE)),
)
