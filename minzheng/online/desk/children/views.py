"""Papers of the children's line: the agreement with a carer, and what goes along when a minor leaves the centre."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.business.children.models import CareAgreement, Intake
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read


@permit("child.read")
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """委托照护协议和告知书, one for the parents, one for the carer."""
    agreements = CareAgreement.objects.select_related("file", "region")
    found = request.access.get("child.read", agreements, pk=pk)  # type: ignore[attr-defined]
    _keep_read(request, found, [found.file.person_id] if found.file.person_id else [])
    back = reverse("registers:detail", args=["child_agreements", found.pk])
    return render(request, "desk/children/agreement.html", {"agreement": found, "back_url": back})


@permit("protection.read")
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """离站证明: to whom the minor was handed over, on which day."""
    found = request.access.get("protection.read", Intake.objects.select_related("region"), pk=pk)  # type: ignore[attr-defined]
    if found.left_on is None:
        raise Http404("这名未成年人还在站。登记离站以后再打印离站证明。")
    _keep_read(request, found, [])
    back = reverse("registers:detail", args=["child_intakes", found.pk])
    return render(request, "desk/children/leaving.html", {"intake": found, "back_url": back})


def _keep_read(request: HttpRequest, subject: CareAgreement | Intake, persons: list[int]) -> None:
    record_read(
        "打印儿童文书", actor=request.user, subject=subject, persons=persons, region=subject.region_id
    )  # type: ignore[arg-type]
