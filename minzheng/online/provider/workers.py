"""The provider's own people: who is in service, who left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.forms import Question
from minzheng.foundation.services.contracts import add_worker, worker_leaves
from minzheng.foundation.services.matching import contracts_on
from minzheng.foundation.services.models import Worker
from minzheng.foundation.services.registers_contracts import WORKER_QUESTIONS
from minzheng.online.ui.deeds import Answers, Deed, DeedForms, by_name


@permit("institution.work")
@never_cache
def workers(request: HttpRequest) -> HttpResponse:
    """Registered under the contract that runs; without one nobody can be sent."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = list(access.own(Worker.objects.all(), "provider_id").order_by("until", "name", "pk")[:200])
    contract = access.own(contracts_on(access.today), "provider_id").order_by("until").first()
    on_duty = tuple((str(one.pk), one.name) for one in rows if one.until is None)
    possible = []
    if contract is not None:
        add = by_name(add_worker)
        possible.append(
            Deed("add", "登记服务人员", "", add, questions=WORKER_QUESTIONS, done="已登记，可以派工。")
        )
    if on_duty:
        possible.append(
            Deed(
                "leave", "登记离职", "", _leave, done="已登记离职。", danger=True,
                questions=(Question("worker", "谁？", "choice", options=on_duty), Question("until", "离职日期", "date")),
            )
        )  # fmt: skip
    deeds = DeedForms(request, possible, contract, contract.region_id if contract else "")
    if deeds.done():
        return redirect("provider:workers")
    context = {
        "rows": rows,
        "deeds": deeds,
        "has_contract": contract is not None,
        "back_url": reverse("provider:today"),
    }
    return render(request, "provider/workers.html", context, status=422 if deeds.posted else 200)


def _leave(access: Any, contract: Any, given: Answers) -> Worker:
    found = access.own(Worker.objects.filter(until=None), "provider_id").filter(pk=given["worker"]).first()
    if found is None:
        raise Refused({"worker": "请从本单位在岗的服务人员中选择。"})
    return worker_leaves(access, found, until=given["until"])
