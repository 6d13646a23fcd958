"""What the 核对 view of a case shows: the consents, each department's progress, the report, the objections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from minzheng.datacenter.verification.actions import connected
from minzheng.datacenter.verification.consents import sources_to_check
from minzheng.datacenter.verification.models import Check, CheckObjection, Request
from minzheng.datacenter.verification.report import Report, in_words, report_of
from minzheng.datacenter.verification.words import REQUEST_TONES
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registry.words import shelf

OBJECTION_TONES = {"asked": "info", "answered": "warn", "changed": "ok", "upheld": "neutral"}


@dataclass(frozen=True)
class Row:
    """One department's progress in one check; nothing in it is about a person."""

    title: str
    department: str
    label: str
    tone: str
    request: Request | None


def progress_of(check: Check) -> list[Row]:
    """Every department that a check asks, the unconnected ones too: what they know stays unknown."""
    latest = {request.source: request for request in check.requests.order_by("id")}
    return [_row(source, latest.get(source.code)) for source in sources_to_check()]


def settled(rows: list[Row]) -> int:
    """How many departments need not be waited for."""
    return sum(row.request is not None and not row.request.is_open for row in rows)


def _row(source: Source, request: Request | None) -> Row:
    if request is None:
        return Row(source.title, source.department, "未接入", "neutral", None)
    return Row(
        source.title,
        source.department,
        request.get_state_display(),
        REQUEST_TONES[request.state],
        request,
    )


def check_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The latest check opened whole, earlier ones as a list."""
    checks = list(case.checks.select_related("started_by", "went_on_by", "case").order_by("-id"))
    access = request.access  # type: ignore[attr-defined]
    latest = next(
        (one for one in checks if str(one.pk) == request.GET.get("check")), checks[0] if checks else None
    )
    context: dict[str, Any] = {
        "checks": checks,
        "check": latest,
        "consents": case.authorisations.select_related("person", "signed_by", "document", "withdrawn_by"),
        "may_run": access.may("check.run", case.region_id),
        "may_object": access.may("case.open", case.region_id) or access.may("check.run", case.region_id),
        "is_connected": _is_connected(),
        "today": access.today,
    }
    if latest is not None:
        report = report_of(latest, sources_to_check())
        rows = progress_of(latest)
        context |= {"progress": rows, "settled": settled(rows), "report": report}
        context["objections"] = objections_of(latest)
        context["items"] = items_of(report)
        context["silent"] = any(row.tone in {"bad", "warn"} for row in context["progress"])
    return context


def objections_of(check: Check) -> list[CheckObjection]:
    """The latest first; each bears `title`, and in words what was answered `before` and `after`."""
    found = CheckObjection.objects.filter(answer__check_of=check).select_related(
        "answer__person", "request", "raised_by", "settled_by"
    )
    objections = list(found.prefetch_related("documents", "request__answers").order_by("-id"))
    for one in objections:
        field = shelf(Source).get(one.answer.source).field(one.field)
        new = next(iter(one.request.answers.all()), None)
        one.title = f"{one.answer.person.name}：{field.title}"  # type: ignore[attr-defined]
        one.tone = OBJECTION_TONES[one.state]  # type: ignore[attr-defined]
        one.before, one.after = in_words(field, one.answer), in_words(field, new)  # type: ignore[attr-defined]
    return objections


def items_of(report: Report) -> list[tuple[str, str]]:
    """What can be objected to: (answer and field, in words)."""
    return [
        (
            f"{item.answer.pk}:{item.field.key}",
            f"{about.subject.person.name}：{item.field.title}（{item.text}）",
        )
        for one in report.sources
        for about in one.about
        for item in about.items
        if item.answer is not None
    ]


def _is_connected() -> bool:
    try:
        return bool(connected())
    except Refused:
        return False
