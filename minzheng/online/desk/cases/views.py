"""The case page: where it stands, what I can do now, and everything that was said, found and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.cases.api import do_move, find_case, moves_open, visible
from minzheng.foundation.cases.models import Case
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.cases import page
from minzheng.online.desk.cases.answers import Rows, record_rows
from minzheng.online.desk.cases.records import record_sheet
from minzheng.online.desk.checks.page import check_of
from minzheng.online.desk.sheets.sheet import Sheet

# key and title; the template of each is desk/cases/<key>.html
VIEWS = (
    ("now", "办理"),
    ("application", "申请与家庭"),
    ("check", "核对"),
    ("decision", "认定依据"),
    ("papers", "材料与文书"),
    ("trail", "办理过程"),
)


@permit("case.read")
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = page.load_whole(find_case(request.access, number))
    shown = request.GET.get("view", "now")
    return _case_page(request, found, shown if shown in dict(_views(request, found)) else "now")


@permit("case.handle")
@keyed
@require_POST
def move(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Make one move. When it is refused, the page comes back with everything that was typed."""
    found = get_object_or_404(
        visible(request.access).select_related("region", "applicant", "organisation", "household"),
        number=number,
    )
    open_moves = {one.move.key: one for one in moves_open(request.access, found)}
    if key not in open_moves:
        if key in {one.key for one in found.at_step.moves}:
            raise PermissionDenied("您没有办理这一步的权限。如工作需要，请联系本单位系统管理员调整任职。")
        return _overtaken(request, page.load_whole(found), key)
    sheet = record_sheet(request, found, open_moves[key].move, bound=True)
    if sheet.is_valid():
        try:
            made = do_move(
                request.access,
                found,
                key,
                sheet.answers,
                note=request.POST.get("note", ""),
                version=_version(request),
            )
        except ValidationError as refusal:
            sheet.problems += [("", text) for text in refusal.messages]
        else:
            messages.success(request, f"已办理“{made.title}”。现在是“{found.at_step.title}”。")
            return redirect("desk:case", number)
        found.refresh_from_db()
    return _case_page(request, page.load_whole(found), "now", bound=(key, sheet))


def _overtaken(request: HttpRequest, found: Case, key: str) -> HttpResponse:
    """Somebody else has moved the case on: what was typed is shown once more, to be copied, not lost."""
    tried = next((one for _, one in found.service_item.all_moves if one.key == key), None)
    if tried is None:
        raise Http404("没有这个操作。请返回办件页，按当前步骤办理。")
    sheet = record_sheet(request, found, tried, bound=True)
    sheet.is_valid()
    messages.error(
        request, f"这件办件已由他人办理，现在处于“{found.at_step.title}”，刚才的“{tried.title}”没有保存。"
    )
    return _case_page(request, found, "now", unsaved=record_rows(tried.record, sheet.answers))


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else None


def _case_page(
    request: HttpRequest,
    found: Case,
    shown: str,
    bound: tuple[str, Sheet] | None = None,
    unsaved: Rows | None = None,
) -> HttpResponse:
    address = reverse("desk:case", args=[found.number])
    context: dict[str, Any] = page.head_of(found) | {
        "shown": shown,
        "tabs": [
            {
                "title": title,
                "url": f"{address}?view={key}" if key != "now" else address,
                "current": key == shown,
            }
            for key, title in _views(request, found)
        ],
        "trail": _trail(request, found),
        "unsaved": unsaved,
        "clocks": page.clocks_of(found, request.access.today),
        "conclusion": page.conclusion_of(found) if shown in {"now", "decision"} else None,
    }
    context |= _PARTS[shown](request, found)
    if shown == "now":
        context["choices"] = _choices(request, found, bound)
    return render(request, f"desk/cases/{shown}.html", context)


def _views(request: HttpRequest, found: Case) -> list[tuple[str, str]]:
    """The report is for who may read reports, on items that are checked."""
    is_checked = any("check_asked" in move.marks for _, move in found.service_item.all_moves)
    may_read = request.access.may("check.read", found.region_id)  # type: ignore[attr-defined]
    views = [view for view in VIEWS if view[0] != "check" or (is_checked and may_read)]
    if found.organisation_id is None:
        return views
    # An organisation has no family, and no rule judges it.
    return [(key, "申请内容" if key == "application" else title) for key, title in views if key != "decision"]


def _trail(request: HttpRequest, found: Case) -> list[tuple[str, str]]:
    """Back to the to-do list for who has one, else to the first page."""
    if request.access.may("case.handle"):  # type: ignore[attr-defined]
        return [("待办", reverse("desk:todo")), (found.number, "")]
    return [("今日工作", reverse("desk:home")), (found.number, "")]


def _choices(request: HttpRequest, found: Case, bound: tuple[str, Sheet] | None) -> list[dict[str, Any]]:
    """What can be done, the first possible one open; after a refusal, the one that was tried."""
    choices = []
    for one in moves_open(request.access, found):
        tried = bound is not None and bound[0] == one.move.key
        sheet = bound[1] if bound is not None and tried else record_sheet(request, found, one.move)
        choices.append({"open": one, "move": one.move, "sheet": sheet, "tried": tried, "expanded": tried})
    if bound is None and (first := next((c for c in choices if c["open"].is_possible), None)):
        first["expanded"] = True
    return choices


_PARTS: dict[str, Any] = {
    "now": lambda request, found: {"rights": page.rights_of(found)},
    "application": lambda request, found: page.application_of(found),
    "check": check_of,
    "decision": lambda request, found: page.decision_of(found),
    "papers": lambda request, found: page.papers_of(found),
    "trail": lambda request, found: {"entries": page.timeline_of(found)},
}
