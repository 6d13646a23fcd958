"""统计月报: the list, one report with its checks and reconciliation, its files, and the moves from draft to frozen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.datacenter.statistics import actions
from minzheng.datacenter.statistics.build import content_of
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.statistics.reconcile import reconcile
from minzheng.datacenter.statistics.words import ReportTable
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registers.views.files import attachment
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.statistics import files
from minzheng.online.desk.statistics.forms import StartForm
from minzheng.online.desk.statistics.tables import TONES, changes_of, findings_of, table_of
from minzheng.online.ui.formats import cn_month

READ = "statistics.read"
HOME = "统计月报"
PER_PAGE = 30


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    reports = request.access.scope(READ, MonthlyReport.objects.select_related("region", "maker", "checker"))  # type: ignore[attr-defined]
    reports = reports.defer("content", "findings").order_by("-month", "region", "table", "-version")
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, actions.table_of(one).title, TONES[one.state]) for one in page],
        "may_make": request.access.may(actions.WRITE),  # type: ignore[attr-defined]
    }
    return render(request, "desk/statistics/index.html", context)


@permit(actions.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    form = StartForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            made = actions.start_report(
                access, shelf(ReportTable).get(answers["table"]), answers["region"], answers["month"]
            )
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            return redirect("desk:statistics:show", made.pk)
    context = {"form": form, "trail": [(HOME, reverse("desk:statistics:index")), ("编制", "")]}
    return render(request, "desk/statistics/new.html", context, status=422 if form.errors else 200)


@permit(READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_of(request, pk)
    return render(request, "desk/statistics/show.html", _context(request, report))


@permit(READ)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The table alone, for printing."""
    report = report_of(request, pk)
    context = _context(request, report) | {"back_url": reverse("desk:statistics:show", args=[pk])}
    return render(request, "desk/statistics/paper.html", context)


def _context(request: HttpRequest, report: MonthlyReport) -> dict[str, Any]:
    access: Any = request.access  # type: ignore[attr-defined]
    declared = actions.table_of(report)
    title = f"{declared.title} {cn_month(report.month)}"
    content = content_of(report)
    findings = findings_of(report)
    newer = MonthlyReport.objects.filter(
        table=report.table, region=report.region, month=report.month, version__gt=report.version
    )
    return {
        "report": report,
        "title": title,
        "tone": TONES[report.state],
        "trail": [(HOME, reverse("desk:statistics:index")), (title, "")],
        "table": table_of(declared, report),
        "findings": findings,
        "blocks": [one for one in findings if one["blocks"]],
        "money": reconcile(declared, report.region, report.month, content),
        "differences": changes_of(declared, actions.differences(report)) if report.version > 1 else [],
        "late": changes_of(declared, actions.late_changes(report)) if report.is_frozen else [],
        "missing": content.missing,
        "newer": newer.order_by("-version").first(),
        "may_make": access.may(actions.WRITE, report.region_id),
        "may_check": access.may(actions.CHECK, report.region_id),
        "is_maker": request.user.person_id == report.maker_id,  # type: ignore[union-attr]
    }


@permit(READ)
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    report = report_of(request, pk)
    declared = actions.table_of(report)
    name = files.name_of(declared, report, suffix)
    if suffix == "csv":
        return attachment(files.csv_of(declared, report), name, "text/csv; charset=utf-8")
    return attachment(files.workbook(declared, report), name, XLSX)


def report_of(request: HttpRequest, pk: int, permission: str = READ) -> MonthlyReport:
    """A report of the viewer's regions, or 404."""
    found = MonthlyReport.objects.select_related("region", "maker", "checker")
    report: MonthlyReport = request.access.get(permission, found, pk=pk)  # type: ignore[attr-defined]
    return report


def _do(
    request: HttpRequest,
    pk: int,
    permission: str,
    said: str,
    do: Callable[[Any, MonthlyReport], MonthlyReport],
) -> HttpResponse:
    """Run one action and come to the report it leaves."""
    report = report_of(request, pk, permission)
    try:
        report = do(request.access, report)  # type: ignore[attr-defined]
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, said)
    return redirect("desk:statistics:show", report.pk)


@permit(actions.WRITE)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.WRITE, "已重新计算。", actions.renew)


@permit(actions.WRITE)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    notes = {key.removeprefix("note-"): text for key, text in request.POST.items() if key.startswith("note-")}

    def do(access: Any, report: MonthlyReport) -> MonthlyReport:
        return actions.submit(access, report, notes)

    return _do(request, pk, actions.WRITE, "已上报，请另一位同事复核冻结。", do)


@permit(actions.CHECK)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.CHECK, "已退回编制。", actions.send_back)


@permit(actions.CHECK)
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.CHECK, "已冻结。以后要改，只能编制新的版本。", actions.freeze)


@permit(actions.WRITE)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    def do(access: Any, report: MonthlyReport) -> MonthlyReport:
        return actions.correct(access, report, reason=request.POST.get("reason", ""))

    return _do(request, pk, actions.WRITE, "已生成新的版本，请核对后上报。", do)
