"""Check your answers, send, and the receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.drafts import WRITABLE, submit
from minzheng.foundation.cases.parameters import figures_of, usual_track
from minzheng.foundation.forms import warnings
from minzheng.foundation.items import Status
from minzheng.foundation.items.limits import limits
from minzheng.online.portal.check.answers import address_of_path, blocks
from minzheng.online.portal.hall.catalogue import promises
from minzheng.online.portal.mine import my_case


@citizen
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    case = my_case(request, number, "核对申请")
    if case.status not in WRITABLE:
        return redirect("portal:case", number)
    lacking = missing(case, access.today)
    refusal: list[str] = []
    if request.method == "POST" and not lacking:
        try:
            submit(access, case, int(request.POST.get("version") or 0))
            return redirect("portal:receipt", number)
        except Refused as refused:
            refusal = refused.messages
            case.refresh_from_db()
    context = {
        "case": case,
        "blocks": list(blocks(case)),
        "materials": case.materials.select_related("document"),
        "members": case.persons.filter(needs_authorisation=True),
        "lacking": [(one, address_of_path(case, one.key, "check")) for one in lacking],
        "odd": [
            (text, address_of_path(case, path, "check"))
            for path, text in warnings(case.service_item.form, case.data).items()
        ],
        "refusal": refusal,
        "is_correction": case.status == Status.CORRECTING,
        "back_url": reverse("portal:tasks", args=[number]),
    }
    return render(request, "portal/check/answers.html", context)


@citizen
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The number to keep, what happens next, and by when the law wants it done."""
    case = my_case(request, number, "查看回执")
    if case.submitted_on is None:
        return redirect("portal:tasks", number)
    track = usual_track(case.service_item, case.region_id, case.submitted_on)
    context = {
        "case": case,
        "limits": [
            limit
            for limit in limits(case.service_item, {"submitted": case.submitted_on}, case.region_id)
            if limit.due
        ],
        "promises": list(promises(case.service_item, figures_of(case.region_id, case.submitted_on), track)),
    }
    return render(request, "portal/check/receipt.html", context)
