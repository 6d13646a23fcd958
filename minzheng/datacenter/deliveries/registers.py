"""What an officer works through: who a row is about, and whether somebody has died."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from minzheng.datacenter.deliveries.actions import accept_match, reject_match
from minzheng.datacenter.deliveries.deaths import confirm_death, refute_death
from minzheng.datacenter.deliveries.models import DeathReport, Match, MatchState, ReportState
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.forms import Question
from minzheng.foundation.people.masking import mask_birth_date, mask_id_no
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search
from minzheng.foundation.registry.words import shelf

MATCH_TONES = {MatchState.OPEN: "warn", MatchState.ACCEPTED: "ok", MatchState.REJECTED: "neutral"}
REPORT_TONES = {
    ReportState.OPEN: "warn", ReportState.RECORDED: "ok", ReportState.CONFLICT: "bad", ReportState.REFUTED: "neutral",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One thing that the file and our record both say, side by side."""

    what: str
    theirs: str
    ours: str

    @property
    def agrees(self) -> str:
        if not self.theirs or not self.ours:
            return "缺"
        return "一致" if self.theirs == self.ours else "不同"


def title_of(source: str) -> str:
    return shelf(FileFormat).get(source).title if source in shelf(FileFormat) else source


def sources() -> tuple[tuple[str, str], ...]:
    return tuple((form.code, form.title) for form in shelf(FileFormat))


def matches() -> QuerySet[Match]:
    return Match.objects.select_related("row__delivery", "person__region")


def side_by_side(match: Match, on: dt.date) -> list[Pair]:
    """Masked like every list: enough to compare. Whether the hidden part of a number agrees is said in words."""
    typed, person = match.row.typed, match.person
    number, ours = typed.get("id_no", ""), person.id_no or ""
    off = sum(a != b for a, b in zip(number, ours, strict=False)) if len(number) == len(ours) else None
    said = "" if off is None else f"，相差 {off} 位" if off else "，逐位相同"
    return [
        Pair("姓名", typed.get("name", ""), person.name),
        Pair("身份证号", mask_id_no(number) + said if number else "", mask_id_no(ours)),
        Pair("出生年份", mask_birth_date(typed.get("birth_date", "")), mask_birth_date(person.birth_date)),
        Pair("住址", typed.get("address", ""), f"{person.region.name}{person.address}"),
    ]


def reports() -> QuerySet[DeathReport]:
    return DeathReport.objects.select_related("person__region")


MATCHES = Register(
    code="delivery-matches",
    title="待核对匹配",
    model=Match,
    icon="arrows-left-right",
    unit="条",
    read="delivery.read",
    write="delivery.make",
    help="部门数据里号码缺失或有误的行，可能是库内的这个人。系统只提出可能，由工作人员核对；结论下次继续有效。",
    rows=matches,
    region="person__region_id",
    name=lambda match: f"{match.row.typed.get('name', '')}？",
    persons=lambda shown: [match.person_id for match in shown],
    columns=(
        Column("typed", "文件里的姓名", "name", read=lambda match: match.row.typed.get("name", "")),
        Column("person", "库内人员", "name", "person__name"),
        Column("basis", "为什么像"),
        Column("score", "可能性（%）", "number"),
        Column("region", "所在地", "region", "person__region"),
        Column("source", "数据", read=lambda match: title_of(match.row.delivery.source)),
        Column("month", "月份", "month", "row__delivery__month"),
        Column("state", "核对", "badge", tones=MATCH_TONES),
    ),
    filters=(
        Filter("state", "核对", "choice"),
        Filter("region", "所在地", "region", "person__region_id"),
        Filter("month", "月份", "dates", "row__delivery__month"),
    ),
    search=(Search("person__name"),),
    search_hint="库内人员姓名（从姓开始）",
    actions=(
        RowAction(
            "accept", "是同一人", accept_match, "delivery.make",
            "文件里这一行的内容会记到这个人名下，下次的文件也照此认定。",
            is_open=lambda match: match.state == MatchState.OPEN, bulk=False,
        ),
        RowAction(
            "reject", "不是同一人", reject_match, "delivery.make", "这一行不记到这个人名下，以后也不再提出。",
            is_open=lambda match: match.state == MatchState.OPEN,
        ),
    ),
    details=(
        Related(
            "逐项对照",
            (Column("what", "项目"), Column("theirs", "文件里"), Column("ours", "库里"), Column("agrees", "是否一致")),
            side_by_side,
        ),
        Block(
            "这一行",
            (
                Column("source", "数据", read=lambda match: title_of(match.row.delivery.source)),
                Column("month", "月份", "month", "row__delivery__month"),
                Column("number", "文件行号", "number", "row__number"),
                Column("basis", "为什么像"),
                Column("score", "可能性（%）", "number"),
                Column("state", "核对", "badge", tones=MATCH_TONES),
                Column("decided_by", "核对人", "name", read=lambda match: str(match.decided_by or "")),
                Column("decided_at", "核对时间", "moment"),
            ),
        ),
    ),
)  # fmt: skip

FOUND = Question("found", "核实情况", "long_text", min=2, max=200)
OPEN = {ReportState.OPEN, ReportState.CONFLICT}

DEATHS = Register(
    code="death-reports",
    title="死亡线索",
    model=DeathReport,
    icon="alert-triangle",
    unit="条",
    read="delivery.read",
    write="person.write",
    help="其他部门送来的死亡信息。来源等级够、号码和姓名都相符的已自动登记；其余由工作人员核实，从不只凭线索停发。",
    rows=reports,
    region="person__region_id",
    name=lambda report: str(report.person),
    persons=lambda shown: [report.person_id for report in shown],
    columns=(
        Column("person", "姓名", "name", "person__name"),
        Column("region", "所在地", "region", "person__region"),
        Column("died_on", "报告的死亡日期", "date"),
        Column("source", "来源", read=lambda report: title_of(report.source)),
        Column("rank", "来源等级", "number"),
        Column("state", "处理", "badge", tones=REPORT_TONES),
        Column("note", "说明"),
    ),
    filters=(
        Filter("state", "处理", "choice"),
        Filter("region", "所在地", "region", "person__region_id"),
        Filter("died_on", "死亡日期", "dates"),
    ),
    search=(Search("person__name"),),
    search_hint="姓名（从姓开始）",
    actions=(
        RowAction(
            "confirm", "核实已死亡", confirm_death, "person.write",
            "登记死亡，相关待遇的复核随即启动。",
            questions=(Question("died_on", "核实的死亡日期", "date"), FOUND),
            is_open=lambda report: report.state in OPEN and report.person.died_on is None, bulk=False,
        ),
        RowAction(
            "refute", "核实在世或不是本人", refute_death, "person.write", "这条线索不再提出。",
            questions=(FOUND,), is_open=lambda report: report.state in OPEN, bulk=False,
        ),
    ),
    details=(
        Block(
            "线索",
            (
                Column("person", "姓名", "name", "person__name"),
                Column("id_no", "身份证号", "id_no", "person__id_no"),
                Column("region", "所在地", "region", "person__region"),
                Column("died_on", "报告的死亡日期", "date"),
                Column("known", "已登记的死亡日期", "date", "person__died_on"),
                Column("source", "来源", read=lambda report: title_of(report.source)),
                Column("rank", "来源等级", "number"),
                Column("state", "处理", "badge", tones=REPORT_TONES),
                Column("note", "说明"),
                Column("reported_at", "收到时间", "moment"),
            ),
        ),
    ),
)  # fmt: skip
