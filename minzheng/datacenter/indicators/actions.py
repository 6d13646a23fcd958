"""Entering values by hand and sharing out targets: every write with its right, four eyes where it counts, audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from minzheng.datacenter.indicators.models import (
    Comparator,
    IndicatorValue,
    ReportedValue,
    ReportState,
    Source,
    Target,
)
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.models import Document
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

WRITE, CHECK = "statistics.write", "statistics.check"


def report_value(
    access: Any,
    region: Region,
    code: str,
    month: dt.date,
    value: Decimal,
    *,
    basis: str,
    document: Document | None = None,
) -> ReportedValue:
    """Enter a value for checking. `month`: the first day of the month up to which it counts; money in fen."""
    report = ReportedValue(
        indicator=code, region=region, month=month, value=value, basis=basis.strip(), document=document
    )
    return _report(access, report)


@action("indicator.report", "填报指标", permission=WRITE)
def _report(access: Any, report: ReportedValue) -> ReportedValue:
    indicator = shelf(Indicator).get(report.indicator)
    if indicator.formula is not None:
        raise Refused(f"“{indicator.title}”由系统计算，不用填报。数字不对，请更正它所依据的台账。")
    if report.region.level > indicator.lowest:
        raise Refused(f"“{indicator.title}”不在{report.region.get_level_display()}一级填报，请选择上级地区。")
    if report.month > access.today:
        raise Refused({"month": "这个月还没有开始，请填本月或以前的月份。"})
    if report.value < 0:
        raise Refused({"value": "数值不能小于0，请核对。"})
    if not report.basis:
        raise Refused({"basis": "请写明依据文件，例如“2026年三季度养老工作报表”。"})
    mine = ReportedValue.objects.filter(
        indicator=report.indicator, region=report.region, month=report.month, state=ReportState.ENTERED
    )
    if mine.select_for_update().exists():
        raise Refused("这个月的数已经有人填报，正在等待复核。请先复核或退回那一条。")
    report.maker = access.user.person
    report.save()
    return report


@action("indicator.confirm", "复核填报值", permission=CHECK)
def confirm_report(access: Any, report: ReportedValue) -> None:
    """From now on the value is shown; one confirmed for the same month before is kept as replaced."""
    report = _waiting(access, report)
    same = ReportedValue.objects.filter(
        indicator=report.indicator,
        region_id=report.region_id,
        month=report.month,
        state=ReportState.CONFIRMED,
    )
    same.update(state=ReportState.REPLACED)
    _close(access, report, ReportState.CONFIRMED)
    IndicatorValue.objects.update_or_create(
        indicator=report.indicator,
        region_id=report.region_id,
        month=report.month,
        defaults={"value": report.value, "source": Source.REPORTED, "computed_at": report.checked_at},
    )


@action("indicator.return", "退回填报值", permission=CHECK)
def return_report(access: Any, report: ReportedValue, *, note: str) -> None:
    if not note.strip():
        raise Refused({"note": "请写明为什么退回。"})
    _close(access, _waiting(access, report), ReportState.RETURNED, note.strip())


def _waiting(access: Any, report: ReportedValue) -> ReportedValue:
    report = ReportedValue.objects.select_for_update().get(pk=report.pk)
    if report.state != ReportState.ENTERED:
        raise Refused(f"这条填报{report.get_state_display()}，不用再办。")
    another_person(access, report.maker_id, did="填报", does="复核")
    return report


def _close(access: Any, report: ReportedValue, state: ReportState, note: str = "") -> None:
    report.state, report.note = state, note
    report.checker, report.checked_at = access.user.person, timezone.now()
    report.save(update_fields=["state", "note", "checker", "checked_at"])


@action("target.share", "分解目标", permission=WRITE)
def share_target(
    access: Any, target: Target, shares: Mapping[str, Decimal], *, document: str
) -> list[Target]:
    """Hand a count down to the divisions below: {12-digit code: value}, all that have a share. Returns the new rows.

    Together the shares must keep what the target asks; shares that stay the same keep their row.
    """
    target = Target.objects.select_for_update().get(pk=target.pk)
    indicator = shelf(Indicator).get(target.indicator)
    _refuse_bad_shares(target, indicator, shares, document)
    below = Target.objects.filter(
        indicator=target.indicator, since=target.since, until=target.until, region__parent=target.region_id
    )
    latest = {one.region_id: one for one in below.order_by("version")}
    same = {
        code
        for code, one in latest.items()
        if one.superseded_at is None and one.value == shares.get(code) and one.parent_id == target.pk
    }
    below.filter(superseded_at=None).exclude(region__in=same).update(superseded_at=timezone.now())
    return Target.objects.bulk_create(
        Target(
            indicator=target.indicator,
            region_id=code,
            since=target.since,
            until=target.until,
            comparator=target.comparator,
            value=value,
            document=document.strip(),
            text=f"分解自{target.region.name}：{target.text}"[:200],
            parent=target,
            version=latest[code].version + 1 if code in latest else 1,
        )
        for code, value in sorted(shares.items())
        if code not in same
    )


def _refuse_bad_shares(
    target: Target, indicator: Indicator, shares: Mapping[str, Decimal], document: str
) -> None:
    if target.superseded_at is not None:
        raise Refused("这个目标已有新的版本，请打开新版本再分解。")
    if indicator.is_ratio:
        raise Refused("比率和标准不用分解：下级按同一数值执行。下级要求更高的，请由下级另设目标。")
    if not document.strip():
        raise Refused({"document": "请写明分解依据的文件，例如“县政府办〔2026〕3号”。"})
    strangers = set(shares) - set(
        Region.objects.filter(parent=target.region_id).values_list("code", flat=True)
    )
    if strangers:
        raise Refused("只能分解给直接下级地区，请核对名单。")
    if any(value < 0 for value in shares.values()):
        raise Refused("分解数不能小于0，请核对。")
    if problem := share_problem(target, sum(shares.values(), Decimal(0))):
        raise Refused(problem)


def share_problem(target: Target, total: Decimal) -> str:
    """What is wrong with shares that come to `total`; empty when they keep the target."""
    asked = f"{target.value.normalize():f}"
    match Comparator(target.comparator):
        case Comparator.AT_LEAST if total < target.value:
            return f"下级合计 {total:f}，少于目标 {asked}，还差 {target.value - total:f}。"
        case Comparator.AT_MOST if total > target.value:
            return f"下级合计 {total:f}，超过上限 {asked}，多出 {total - target.value:f}。"
        case Comparator.EXACTLY if total != target.value:
            return f"下级合计 {total:f}，不等于目标 {asked}，请调整。"
    return ""


@action("target.set", "设定目标", permission=WRITE)
def set_target(access: Any, target: Target) -> Target:
    """A target of the region's own (an unsaved row), or a new version of it. The old version is kept.

    Where a target of a region above holds here too, the own one may ask more and never less.
    """
    indicator = shelf(Indicator).get(target.indicator)
    if not target.document.strip():
        raise Refused({"document": "请写明目标依据的文件。"})
    if indicator.is_ratio:
        above = [target.region_id[:digits].ljust(12, "0") for digits in (2, 4, 6, 9)]
        inherited = Target.objects.filter(
            indicator=target.indicator, superseded_at=None, since__lte=target.since, until__gte=target.until,
            comparator=target.comparator, region_id__in=set(above) - {target.region_id},
        )  # fmt: skip
        for one in inherited.select_related("region"):
            if (one.value > target.value) == (
                target.comparator == Comparator.AT_LEAST
            ) and one.value != target.value:
                raise Refused(
                    {
                        "value": f"{one.region.name}已要求{one.get_comparator_display()} {one.value.normalize():f}，下级不能放宽。"
                    }
                )
    old = Target.objects.select_for_update().filter(
        indicator=target.indicator, region=target.region, since=target.since, until=target.until
    )
    latest = old.order_by("-version").first()
    target.version = latest.version + 1 if latest else 1
    target.parent = latest.parent if latest else None
    old.filter(superseded_at=None).update(superseded_at=timezone.now())
    target.save()
    return target
