"""报线索: somebody on the round is in need, whether or not a task sent the visitor there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.datacenter.leads.actions import LeadDraft, report_lead
from minzheng.datacenter.leads.models import Need, Source
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Level, Region

QUESTIONS = (
    Question("name", "谁家有困难？", "name", hint="写姓名；不知道全名的，写大家怎么称呼。", max=60),
    Question("region", "在哪个村（社区）？", "region"),
    Question("address", "住在哪里？", "text", required=False, hint="写到村民小组或门牌号。", max=120),
    Question("phone", "联系电话", "phone", required=False),
    Question("need", "主要是哪方面的困难？", "choice", options=tuple(Need.choices)),
    Question(
        "story", "看到了什么？", "long_text", hint="简单写几句：家里怎么样，困难是什么。", min=2, max=500
    ),
    Question("knows", "本人知道要帮他（她）反映吗？", "yes_no", hint="还没有当面问过的选“否”。"),
)


@permit("task.handle")
def new(request: HttpRequest) -> HttpResponse:
    """A lead with the visitor as its source; the village's own visit to confirm it follows by the clock."""
    access = request.access  # type: ignore[attr-defined]
    villages = access.scope("task.handle", Region.objects.on(access.today), "code").filter(
        level=Level.VILLAGE
    )
    places = list(villages.order_by("code").values_list("code", "name"))
    initial = {"region": places[0][0]} if len(places) == 1 else {}
    data = request.POST if request.method == "POST" else None
    form = django_form(QUESTIONS, data, initial=initial, places=places, today=access.today)
    if data is not None and form.is_valid():
        given = dict(form.answers)
        region = access.get("task.handle", villages, "code", code=given.pop("region"))
        try:
            lead = report_lead(access, region, _draft(given, region), Source.DISCOVERY)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, f"已登记。请在 {lead.task.due_on:%m月%d日} 前入户核实，任务在走访清单里。"
            )
            return redirect("field:today")
    return render(
        request, "field/lead.html", {"form": form, "tab": "lead"}, status=422 if form.errors else 200
    )


def _draft(given: dict[str, Any], region: Region) -> LeadDraft:
    """With the person and household on file, where name and village leave no doubt who is meant."""
    known = list(Person.objects.filter(name=given["name"], region=region, died_on=None)[:2])
    person = known[0] if len(known) == 1 else None
    household = (
        Household.objects.filter(memberships__person=person, memberships__until=None).first()
        if person
        else None
    )
    return LeadDraft(**given, person=person, household=household)
