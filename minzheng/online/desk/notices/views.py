"""Issued notices on paper. The wording's facts were frozen when the notice was issued (cases/notices.py)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import reverse

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.cases.api import find_case
from minzheng.online.desk.notices.office import office_of


@permit("case.read")
def notice(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = find_case(request.access, number, reason="打印文书")
    found = case.notices.filter(pk=pk).select_related("photo", "move").first()
    if found is None:
        raise Http404("没有找到这份文书。请从办件的“材料与文书”里打开。")
    template = select_template([f"desk/notices/{found.kind}.html", "desk/notices/notice.html"])
    context = {
        "notice": found,
        "body": found.body,
        "case": case,
        "office": office_of(case, found),
        "back_url": f"{reverse('desk:case', args=[number])}?view=papers",
    }
    return render(request, template.template.name, context)
