"""“大救助”: what every department can do for somebody of this status, and handing it on in one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.business.assistance.referrals.actions import refer
from minzheng.business.assistance.referrals.measures import matching, statuses_of
from minzheng.business.assistance.referrals.models import Department, Referral
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.people.models import Person


@permit("person.read")
@keyed
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the measures that fit; POST hands one on (`code`, `agrees`)."""
    access = request.access  # type: ignore[attr-defined]
    person = access.get("person.read", Person.objects.select_related("region"), pk=pk)
    if request.method == "POST":
        try:
            made = refer(access, person, code=request.POST.get("code", ""), agrees="agrees" in request.POST)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, f"已转给{made.get_department_display()}部门，应在 {made.due_on} 前反馈。"
            )
        return redirect("desk:referrals:measures", person.pk)
    record_read(
        "查看各部门措施", actor=request.user, subject=person, persons=[person.pk], region=person.region_id
    )  # type: ignore[arg-type]
    held = statuses_of(person, access.today)
    sent = {one.measure: one for one in Referral.objects.filter(person=person).order_by("sent_on", "id")}
    found = [
        {"measure": one, "department": Department(one.department).label, "referral": sent.get(one.code)}
        for one in matching(held, access.today)
    ]
    context = {
        "person": person,
        "statuses": list(held.values()),
        "found": found,
        "may_refer": access.may("register.write", person.region_id),
    }
    return render(request, "desk/referrals/measures.html", context)
