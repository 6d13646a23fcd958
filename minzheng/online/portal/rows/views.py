"""The page of a group: who or what is listed already; change, take out, add one more."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.cases.drafts import Stale
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Group, clean_rows
from minzheng.online.portal.apply.addresses import address_after, address_before, address_of, position
from minzheng.online.portal.apply.saving import remove_row, row_fingerprint, save_as_none
from minzheng.online.portal.apply.walk import Stop, is_done, row_title, stops_of_row
from minzheng.online.portal.mine import my_draft


def rows_page(request: HttpRequest, case: Case, stop: Stop) -> HttpResponse:
    """Reached through apply.views.question, which has found the case and judged the right."""
    access, group = request.access, stop.group  # type: ignore[attr-defined]
    assert group is not None
    back = request.GET.get("back", "")
    problem = ""
    if request.method == "POST":
        problem = _go_on(request, case, group)
        if not problem or "leave" in request.POST:
            leave = reverse("portal:tasks", args=[case.number])
            return redirect(
                leave if "leave" in request.POST else address_after(case, stop, back, access.today)
            )
    rows = case.data.get(group.key) or []
    new = stops_of_row(stop.section, group, len(rows), case.data)
    context = {
        "case": case,
        "stop": stop,
        "group": group,
        "rows": [_row(case, stop, group, number, access.today) for number in range(len(rows))],
        "add_url": address_of(case, new[0]) if len(rows) < group.max else "",
        "problem": problem,
        "changed": "changed" in request.GET,
        "back_url": address_before(case, stop, back),
        **position(case, stop),
    }
    return render(request, "portal/apply/rows.html", context)


@citizen
@require_POST
def remove(request: HttpRequest, number: str, group: str, row: int) -> HttpResponse:
    case = my_draft(request, number)
    declared = case.service_item.form.groups.get(group)
    if declared is None:
        raise Http404("没有这一项。请回到填写进度再打开。")
    removed = remove_row(request.access, case, declared, row, request.POST.get("seen", ""))  # type: ignore[attr-defined]
    section = next(one for one in case.service_item.form.sections if declared in one.parts)
    address = reverse("portal:question", args=[number, section.key, group])
    return redirect(address if removed else f"{address}?changed=1")


def _go_on(request: HttpRequest, case: Case, group: Group) -> str:
    """ "" when the list may be left, else what is missing."""
    access = request.access  # type: ignore[attr-defined]
    try:
        save_as_none(access, case, group)
    except Stale:
        case.refresh_from_db()
    errors = clean_rows(group, case.data.get(group.key), case.data, access.today)[1]
    if group.key in errors:
        return errors[group.key]
    unfinished = sorted({int(path.split(".")[1]) for path in errors})
    if unfinished:
        names = "、".join(row_title(group, case.data[group.key][number], number) for number in unfinished)
        return f"{names}还没有填完。请点“继续填写”，或删去多余的。"
    return ""


def _row(case: Case, stop: Stop, group: Group, number: int, today: dt.date) -> dict[str, Any]:
    answers = case.data[group.key][number]
    pages = stops_of_row(stop.section, group, number, case.data)
    waiting = next((page for page in pages if not is_done(page, case.data, today)), None)
    return {
        "number": number,
        "title": row_title(group, answers, number),
        "is_done": waiting is None,
        "url": address_of(case, waiting or pages[0]),
        "seen": row_fingerprint(group, number, case.data),
    }
