"""待办, 已办, 督办: the same list over three questions, with legal lamps, filters in the address, paged by key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.cases.api import done, todo, watched
from minzheng.foundation.cases.models import Case, CaseClock
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.worklists.filters import WorklistFilter
from minzheng.online.desk.worklists.lines import Line, line_of

NEVER = dt.date(9999, 12, 31)  # a case without a running limit comes after all that have one


@dataclass(frozen=True)
class Worklist:
    """One of the lists: which cases, and how they are ordered (a column that is never null)."""

    title: str
    lead: str
    cases: Callable[[Access], QuerySet[Case]]
    by: str
    empty: str
    descending: bool = False


TODO = Worklist("待办", "轮到您办理的，先到期的在前。", todo, "sort_day", "现在没有等您办理的业务。")
DONE = Worklist(
    "已办", "您办理过的，最近的在前。", done, "handled_on", "您还没有办理过业务。", descending=True
)
WATCHED = Worklist(
    "督办",
    "辖区内临近或超过法定时限的，最急的在前。",
    watched,
    "sort_day",
    "辖区内没有临近或超过时限的业务。",
)


@permit("case.handle")
def todo_list(request: HttpRequest) -> HttpResponse:
    return _show(request, TODO)


@permit("case.handle")
def done_list(request: HttpRequest) -> HttpResponse:
    return _show(request, DONE)


@permit("case.oversee")
def watched_list(request: HttpRequest) -> HttpResponse:
    return _show(request, WATCHED)


def _show(request: HttpRequest, worklist: Worklist) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    form = WorklistFilter(access, request.GET)
    cases = form.apply(with_sort_day(worklist.cases(access)))
    page = page_of(request, with_clocks(cases), worklist.by, descending=worklist.descending)
    context: dict[str, Any] = {
        "worklist": worklist,
        "form": form,
        "page": page,
        "lines": [line_of(case, access.today) for case in page.rows],
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "desk/worklists/worklist.html", context)


def with_sort_day(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.annotate(sort_day=Coalesce(F("nearest"), Value(NEVER)))


def with_clocks(cases: QuerySet[Case]) -> QuerySet[Case]:
    """One more query for a whole page: the running limits, for the words beside the lamp."""
    running = CaseClock.objects.filter(stopped_on=None).order_by("due_on")
    return cases.prefetch_related(Prefetch("clocks", running, to_attr="running"))


def nearest_lines(access: Access, count: int) -> list[Line]:
    """The most urgent of what waits for the officer."""
    cases = with_clocks(with_sort_day(todo(access)).order_by("sort_day", "pk"))
    return [line_of(case, access.today) for case in cases[:count]]
