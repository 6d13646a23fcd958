"""An order asked for somebody, its page, and the monthly settlements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.months import month_of, parse_month
from minzheng.foundation.forms import Question
from minzheng.foundation.people.models import Person
from minzheng.foundation.services import settle
from minzheng.foundation.services.matching import meeting
from minzheng.foundation.services.models import Complaint, Need, Needs, Order, Payer, Settlement
from minzheng.foundation.services.needs import assess_needs
from minzheng.foundation.services.registers import TONES
from minzheng.foundation.services.words import benefits_settled
from minzheng.online.desk.deeds import open_deeds
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.desk.services.deeds import ORDER
from minzheng.online.desk.services.ordering import (
    OFFICER_CHANNELS,
    WISH,
    kind_question,
    provider_question,
)
from minzheng.online.desk.services.ordering import order as place_order
from minzheng.online.ui.deeds import Deed, DeedForms, by_name
from minzheng.online.ui.forms import number_seen

ORDERS = ("服务工单", "/desk/registers/service-orders/")
RUNS = ("服务结算", "/desk/services/settlements/")


NEEDS = Deed(
    "needs",
    "评估需要什么",
    "service.order",
    by_name(assess_needs),
    questions=(
        Question("needs", "需要哪些方面的帮助？", "choices", options=tuple(Need.choices)),
        Question("note", "情况说明", "long_text", required=False, max=500),
    ),
    lead="先看需要，再选服务；每次评估都留下。",
    done="已记下。",
)


@permit("service.order")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """For one person of the place: what is needed, what is ordered, who pays, who should come."""
    access: Any = request.access  # type: ignore[attr-defined]
    person = access.get("service.order", Person.objects.select_related("region"), pk=pk)
    record_read("为其下单", actor=access.user, subject=person, persons=[person.pk], region=person.region_id)
    needs = Needs.objects.filter(person=person).order_by("-assessed_on", "-id").first()
    ask = Deed(
        "ask",
        "下单",
        "service.order",
        by_name(place_order),
        questions=(
            kind_question(person.region_id, access.today),
            Question("payer", "由谁付费？", "choice", options=tuple(Payer.choices)),
            Question("channel", "怎么提出的？", "choice", options=OFFICER_CHANNELS),
            provider_question(person.region_id, access.today),
            WISH,
        ),
        done="已下单，等待服务单位接单。",
    )
    deeds = DeedForms(request, (ask, NEEDS), person, person.region_id)
    if deeds.done():
        if deeds.posted == NEEDS.key:
            return redirect("desk:services:new", pk)
        return redirect("registers:list", "service-orders")
    context = {
        "person": person, "deeds": deeds, "needs": needs,
        "fitting": meeting(needs.needs) if needs else [], "trail": [ORDERS, ("下单", "")],
    }  # fmt: skip
    return render(request, "desk/services/new.html", context, status=422 if deeds.posted else 200)


@permit("register.read")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole of one order, and what this officer may do with it."""
    orders = Order.objects.select_related("person", "region", "provider", "worker", "contract", "asked_by")
    orders = orders.prefetch_related(Prefetch("complaints", Complaint.objects.order_by("-id")))
    found = request.access.get("register.read", orders, pk=pk)  # type: ignore[attr-defined]
    record_read(
        "查看服务工单", actor=request.user, subject=found, persons=[found.person_id], region=found.region_id
    )  # type: ignore[arg-type]
    deeds = DeedForms(request, open_deeds(ORDER, request.access, found), found, found.region_id)  # type: ignore[attr-defined]
    if deeds.done():
        return redirect("desk:services:order", pk)
    context = {
        "order": found, "kind": found.declared, "tone": TONES[found.state], "deeds": deeds, "complaints": found.complaints.all(),
        "photos": found.photos.all(), "trail": [ORDERS, (found.declared.title, "")],
    }  # fmt: skip
    return render(request, "desk/services/order.html", context, status=422 if deeds.posted else 200)


@permit("payment.read")
def settlements(request: HttpRequest) -> HttpResponse:
    rows = request.access.scope("payment.read", Settlement.objects.select_related("region", "maker"))  # type: ignore[attr-defined]
    titles = benefits_settled()
    context = {
        "rows": [(one, titles.get(one.benefit, one.benefit)) for one in rows.order_by("-month", "-id")[:200]],
        "benefits": titles.items(),
        "counties": counties_of(request.access, "service.settle"),  # type: ignore[attr-defined]
        "month": f"{month_of(request.access.today):%Y-%m}",  # type: ignore[attr-defined]
        "may_make": request.access.may("service.settle"),  # type: ignore[attr-defined]
    }
    return render(request, "desk/services/settlements.html", context)


@permit("service.settle")
@require_POST
def draw_up(request: HttpRequest) -> HttpResponse:
    county = counties_of(request.access, "service.settle").filter(pk=request.POST.get("county", "")).first()  # type: ignore[attr-defined]
    benefit = request.POST.get("benefit", "")
    try:
        if county is None or benefit not in benefits_settled():
            raise Refused("请选择县（市、区）和结算的项目。")
        month = parse_month(request.POST.get("month", ""))
        made = settle.draw_up(request.access, county, benefit=benefit, month=month)  # type: ignore[attr-defined]
    except (ValidationError, ValueError) as refused:
        messages.error(request, refused.messages[0] if isinstance(refused, ValidationError) else str(refused))
        return redirect("desk:services:settlements")
    return redirect("desk:services:settlement", made.pk)


def _found(request: HttpRequest, pk: int, permission: str) -> Settlement:
    rows = Settlement.objects.select_related("region", "maker", "checker")
    found: Settlement = request.access.get(permission, rows, pk=pk)  # type: ignore[attr-defined]
    return found


@permit("payment.read")
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, "payment.read")
    over = {statement.pk: left for statement, left in settle.beyond_ceiling(found)} if found.is_open else {}
    rows = found.statements.select_related("provider", "contract").order_by("provider__name", "id")
    context = {
        "one": found,
        "title": benefits_settled().get(found.benefit, found.benefit),
        "rows": [(row, over.get(row.pk)) for row in rows],
        "over": over,
        "may_confirm": found.waits_for(request.access, "service.check"),  # type: ignore[attr-defined]
        "trail": [RUNS, (str(found), "")],
    }
    return render(request, "desk/services/settlement.html", context)


@permit("service.check", fresh=True)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, "service.check")
    try:
        settle.confirm_settlement(request.access, found, expected_fen=number_seen(request, "expected_fen"))  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, "已确认。请财务编制发放批次，付到各单位的对公账户。")
    return redirect("desk:services:settlement", pk)
