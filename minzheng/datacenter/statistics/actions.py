"""The way of a monthly report: made → checked and handed in → frozen by another → corrected only by a new version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.indicators.words import Indicator
from minzheng.datacenter.statistics.build import Change, build, changes, content_of, digest_of
from minzheng.datacenter.statistics.checks import check
from minzheng.datacenter.statistics.models import MonthlyReport, State
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf

WRITE, CHECK = "statistics.write", "statistics.check"


def table_of(report: MonthlyReport) -> ReportTable:
    return shelf(ReportTable).get(report.table)


def make_reports(month: dt.date) -> tuple[int, int]:
    """Compute a month and draft every table of every county that has data. Returns (drafts, already frozen).

    The system's own work, done again as often as one likes: open drafts are renewed, frozen reports stay.
    """
    made = frozen = 0
    for table in shelf(ReportTable):
        compute(month, _indicators(table))
        known = IndicatorValue.objects.filter(indicator__in=table.codes, month=month)
        places = known.values_list("region_id", flat=True).distinct()
        for region in Region.objects.filter(level=Level.COUNTY, code__in=places).order_by("code"):
            reports = MonthlyReport.objects.filter(table=table.code, region=region, month=month)
            if reports.filter(state=State.FROZEN).exists() or reports.filter(state=State.SUBMITTED).exists():
                frozen += 1
            elif _draft(table, region, month) is not None:
                made += 1
    record("report.make", "生成统计月报", actor=None, month=month.isoformat(), made=made, frozen=frozen)
    return made, frozen


@transaction.atomic
def _draft(table: ReportTable, region: Region, month: dt.date) -> MonthlyReport | None:
    """The open draft with what the data say now; None where nothing is known of the region."""
    content = build(table, region, month)
    if all(number is None for number in content.total.cells.values()):
        return None
    open_one = MonthlyReport.objects.select_for_update().filter(
        table=table.code, region=region, month=month, state=State.DRAFT
    )
    report = open_one.first() or MonthlyReport(table=table.code, region=region, month=month)
    _fill(report)
    report.save()
    return report


def _indicators(table: ReportTable) -> list[Indicator]:
    return [shelf(Indicator).get(code) for code in table.codes]


def _compute(report: MonthlyReport) -> None:
    """A county's own values; a city or province adds up what its counties have frozen."""
    if report.region.level == Level.COUNTY:
        compute(report.month, _indicators(table_of(report)), report.region)


def _fill(report: MonthlyReport) -> None:
    table = table_of(report)
    content = build(table, report.region, report.month)
    found = check(table, report.region, report.month, content, _month_before(report))
    report.content = content.as_json()
    report.findings = [asdict(one) for one in found]


def _month_before(report: MonthlyReport) -> Any:
    before = add_months(report.month, -1)
    frozen = MonthlyReport.objects.filter(
        table=report.table, region=report.region, month=before, state=State.FROZEN
    ).order_by("-version")
    if (last := frozen.first()) is not None:
        return content_of(last)
    content = build(table_of(report), report.region, before)
    return content if any(number is not None for number in content.total.cells.values()) else None


def start_report(access: Any, table: ReportTable, region: Region, month: dt.date) -> MonthlyReport:
    """A draft on an officer's wish, for a region of any level down to the county."""
    if region.level > Level.COUNTY:
        raise Refused("统计月报由县级编制，乡镇（街道）是其中的一行。请选择县（市、区）。")
    if month >= access.today.replace(day=1):
        raise Refused({"month": "这个月还没有结束，不能编制月报。请选择上月或以前的月份。"})
    return _start(access, MonthlyReport(table=table.code, region=region, month=month))


@action("report.start", "编制统计月报", permission=WRITE)
def _start(access: Any, report: MonthlyReport) -> MonthlyReport:
    same = MonthlyReport.objects.filter(table=report.table, region=report.region, month=report.month)
    if same.exists():
        raise Refused("这个月的报表已经有了。要重新计算请打开草稿；已冻结的请用“更正”。")
    _compute(report)
    _fill(report)
    if all(number is None for number in report.content["total"]["cells"].values()):
        raise Refused("这个地区这个月没有任何数据，不能编制。请核对地区和月份。")
    report.save()
    return report


@action("report.renew", "重新计算统计月报", permission=WRITE)
def renew(access: Any, report: MonthlyReport) -> MonthlyReport:
    report = _taken(report, State.DRAFT)
    _compute(report)
    _fill(report)
    report.save()
    return report


@action("report.submit", "上报统计月报", permission=WRITE)
def submit(access: Any, report: MonthlyReport, notes: Mapping[str, str]) -> MonthlyReport:
    """Hand a draft in for checking, with a note on every odd finding. Refused while anything blocks."""
    report = _taken(report, State.DRAFT)
    _fill(report)
    _refuse_blocked(report)
    wanted = {one["key"]: one["text"] for one in report.findings}
    report.notes = {key: text.strip() for key, text in notes.items() if key in wanted and text.strip()}
    if without := [text for key, text in wanted.items() if key not in report.notes]:
        raise Refused(f"还有 {len(without)} 处需要说明：{without[0]}")
    report.state, report.maker = State.SUBMITTED, access.user.person
    report.save()
    return report


@action("report.return", "退回统计月报", permission=CHECK)
def send_back(access: Any, report: MonthlyReport) -> MonthlyReport:
    report = _taken(report, State.SUBMITTED)
    report.state, report.maker = State.DRAFT, None
    report.save()
    return report


@action("report.freeze", "冻结统计月报", permission=CHECK)
def freeze(access: Any, report: MonthlyReport) -> MonthlyReport:
    """From now on nobody changes it. Refused when the data have moved since it was handed in, or a fen is off."""
    report = _taken(report, State.SUBMITTED)
    another_person(access, report.maker_id, did="编制", does="冻结")
    handed_in = content_of(report)
    _fill(report)
    if moved := list(changes(handed_in, content_of(report))):
        raise Refused(f"上报以后数据又有 {len(moved)} 处变化。请退回，由编制人重新计算后上报。")
    _refuse_blocked(report)
    report.state, report.checker, report.frozen_at = State.FROZEN, access.user.person, timezone.now()
    report.sha256 = digest_of(report)
    report.save()
    return report


def correct(access: Any, report: MonthlyReport, *, reason: str) -> MonthlyReport:
    """A new version of a frozen report, as a draft; the old one stays as it is."""
    if not reason.strip():
        raise Refused({"reason": "请写明更正原因，例如“补登记9月死亡人员”。"})
    if not report.is_frozen:
        raise Refused("只有已冻结的报表需要更正；草稿请直接重新计算。")
    same = MonthlyReport.objects.filter(table=report.table, region=report.region, month=report.month)
    latest = same.order_by("-version").first()
    if latest is not None and latest.pk != report.pk:
        raise Refused(f"已经有第{latest.version}版，请打开那一版办理。")
    return _correct(
        access,
        MonthlyReport(
            table=report.table, region=report.region, month=report.month,
            version=report.version + 1, reason=reason.strip(),
        ),
    )  # fmt: skip


@action("report.correct", "更正统计月报", permission=WRITE)
def _correct(access: Any, report: MonthlyReport) -> MonthlyReport:
    _compute(report)
    _fill(report)
    report.save()
    return report


def late_changes(report: MonthlyReport) -> list[Change]:
    """What the data say now and the frozen report does not: facts that came late. The report itself never changes."""
    return list(changes(content_of(report), build(table_of(report), report.region, report.month)))


def differences(report: MonthlyReport) -> list[Change]:
    """Line by line, what a corrected version changes against the version before it."""
    before = MonthlyReport.objects.filter(
        table=report.table, region=report.region, month=report.month, version=report.version - 1
    ).first()
    return list(changes(content_of(before), content_of(report))) if before else []


def _taken(report: MonthlyReport, state: State) -> MonthlyReport:
    report = MonthlyReport.objects.select_for_update().get(pk=report.pk)
    if report.state != state:
        raise Refused(f"这份报表现在是“{report.get_state_display()}”，不能这样办理。请刷新页面。")
    return report


def _refuse_blocked(report: MonthlyReport) -> None:
    blocking = [one for one in report.findings if one["blocks"]]
    if blocking:
        raise Refused(f"还有 {len(blocking)} 处问题要先改正：{blocking[0]['place']}，{blocking[0]['text']}")
