"""Values that were entered by hand, as a list to check."""

from __future__ import annotations

from minzheng.datacenter.indicators.actions import CHECK, WRITE, confirm_report, return_report
from minzheng.datacenter.indicators.models import ReportedValue, ReportState
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Column, Filter, Register, RowAction
from minzheng.foundation.registry.words import shelf

TONES = {
    ReportState.ENTERED: "warn",
    ReportState.CONFIRMED: "ok",
    ReportState.RETURNED: "bad",
    ReportState.REPLACED: "neutral",
}


def title_of(report: ReportedValue) -> str:
    return shelf(Indicator).get(report.indicator).title


def figure_of(report: ReportedValue) -> str:
    return shelf(Indicator).get(report.indicator).show(report.value)


REPORTED_VALUES = Register(
    code="reported-values",
    title="指标填报",
    model=ReportedValue,
    icon="edit",
    unit="条",
    help="系统还不能计算的指标由各级填报，另一个人复核以后才显示。",
    read="statistics.read",
    write=WRITE,
    name=lambda report: f"{title_of(report)}（{report.month:%Y年%m月}）",
    columns=(
        Column("title", "指标", "name", read=title_of),
        Column("region", "地区", "region"),
        Column("month", "截至月份", "month", sortable=True),
        Column("value", "数值", read=figure_of),
        Column("basis", "依据文件"),
        Column("maker", "填报人", "text", "maker__name"),
        Column("checker", "复核人", "text", "checker__name"),
        Column("state", "状态", "badge", tones=TONES),
        Column("note", "退回说明", shown=False),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("region", "地区", "region", "region_id"),
        Filter("month", "截至月份", "dates"),
    ),
    actions=(
        RowAction(
            "confirm",
            "复核通过",
            confirm_report,
            CHECK,
            "复核以后，这个数就在指标页显示。",
            is_open=lambda report: report.state == ReportState.ENTERED,
        ),
        RowAction(
            "return",
            "退回",
            return_report,
            CHECK,
            "退回给填报人，可以重新填报。",
            questions=(Question("note", "退回说明", "long_text", min=2, max=200),),
            is_open=lambda report: report.state == ReportState.ENTERED,
            danger=True,
        ),
    ),
)
