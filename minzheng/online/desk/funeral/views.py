"""殡葬服务: who lies here and for how long, a reception to its cremation, the bill with its waiver."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.business.funeral.bills import list_price, make_bill, prices_on, settle_with_family
from minzheng.business.funeral.models import Basic, Bill, BillState, Price, Reception, ReceptionState
from minzheng.business.funeral.receptions import cremate, deceased_with, extend_storage, hand_on, receive
from minzheng.business.funeral.rights import get_seen, seen
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record, record_read
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.funeral import questions as ask
from minzheng.online.desk.funeral.parts import TRAIL, home_of, homes_of, one_form

SHOWN = 20


def reception_of(request: HttpRequest, pk: int) -> Reception:
    rows = Reception.objects.select_related("home", "person")
    return get_seen(request.access, rows, pk=pk)  # type: ignore[attr-defined]


@permit("funeral.counter")
def index(request: HttpRequest) -> HttpResponse:
    """Whose storage runs out first, whose bill is open, what was done this month."""
    access, today = request.access, request.access.today  # type: ignore[attr-defined]
    rows = seen(access, Reception.objects.select_related("person", "home"))
    held = list(rows.filter(state=ReceptionState.HELD).order_by("storage_until", "pk")[:SHOWN])
    open_bills = list(
        rows.filter(state=ReceptionState.CREMATED)
        .exclude(bill__state__in=[BillState.PAID, BillState.SETTLED])
        .order_by("cremated_on", "pk")[:SHOWN]
    )
    shown = [*held, *open_bills]
    record_read(
        "查看殡葬服务首页",
        actor=access.user,
        subject=access.user,
        persons={one.person_id for one in shown},
        region=shown[0].region_id if shown else "",
    )
    first = today.replace(day=1)
    month = seen(access, Bill.objects.filter(on__gte=first))
    context = {
        "homes": homes_of(request),
        "held": [(one, (one.storage_until - today).days) for one in held],
        "open_bills": open_bills,
        "may_settle": access.may("funeral.settle"),
        "may_write": access.may("funeral.write"),
        "counts": {
            "held": rows.filter(state=ReceptionState.HELD).count(),
            "overdue": rows.filter(state=ReceptionState.HELD, storage_until__lt=today).count(),
            "cremated": rows.filter(cremated_on__gte=first).count(),
            "bills": month.count(),
        },
    }
    return render(request, "desk/funeral/index.html", context)


@never_cache
@permit("funeral.counter")
def receive_new(request: HttpRequest) -> HttpResponse:
    """A body comes in: identity, certificate of death, family."""
    access, home = request.access, home_of(request)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        person = deceased_with(access, home.region_id, given["name"], given["id_no"])
        made = receive(
            access,
            Reception(
                home=home,
                person=person,
                source=given["source"],
                certificate_no=given["certificate_no"],
                died_on=dt.date.fromisoformat(given["died_on"]),
                received_on=dt.date.fromisoformat(given["received_on"]),
                from_place=given.get("from_place") or "",
                family_name=given["family_name"],
                family_relation=given["family_relation"],
                family_phone=given["family_phone"],
            ),
        )
        return reverse("desk:funeral:reception", args=[made.pk])

    return one_form(
        request,
        ask.RECEIVE,
        "接收遗体",
        do,
        done="已接收，死亡信息已登记，相关待遇随之停发。",
        lead=f"{home.name}。接收时登记死亡，逝者的待遇当晚起不再发放。",
        initial={"received_on": access.today.isoformat()},
    )


@never_cache
@permit("funeral.counter")
def reception(request: HttpRequest, pk: int) -> HttpResponse:
    """One death at the home: where it stands, what comes next, the certificate and the bill."""
    found = reception_of(request, pk)
    access = request.access  # type: ignore[attr-defined]
    record_read(
        "查看遗体接收", actor=access.user, subject=found, persons=[found.person_id], region=found.region_id
    )
    context = {
        "one": found,
        "left": (found.storage_until - access.today).days,
        "stored": found.days_stored(access.today),
        "certificate": Issued.objects.filter(kind="cremation", origin=f"cremation:{found.pk}").first(),
        "bill": Bill.objects.filter(reception=found).prefetch_related("lines__price").first(),
        "trail": [TRAIL, (found.number, "")],
    }
    return render(request, "desk/funeral/reception.html", context)


STEPS = {
    "cremate": ("登记火化", ask.CREMATE, cremate, "已登记火化，火化证明已经开出。", "登记火化并开火化证明"),
    "extend": ("延长存放", ask.EXTEND, extend_storage, "已延期。", "延期"),
    "hand-on": ("移交遗体", ask.HAND_ON, hand_on, "已登记移交。", "登记移交"),
}


@never_cache
@permit("funeral.counter")
def step(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Cremation, a longer stay, or a leave: one form each."""
    found = reception_of(request, pk)
    if deed not in STEPS:
        raise Http404("没有这一步。")
    heading, questions, run, done, button = STEPS[deed]
    back = reverse("desk:funeral:reception", args=[found.pk])
    access = request.access  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        run(access, found, **given)  # type: ignore[operator]
        return back

    return one_form(
        request,
        questions,
        heading,
        do,
        done=done,
        back=back,
        button=button,
        lead=f"{found.person.name}，接收编号 {found.number}。",
        initial={"cremated_on": access.today.isoformat()},
    )


@never_cache
@permit("funeral.counter")
def bill(request: HttpRequest, pk: int) -> HttpResponse:
    """What was used, from the price list alone; the waiver is taken off when it is settled."""
    found = reception_of(request, pk)
    access = request.access  # type: ignore[attr-defined]
    prices, errors = prices_on(found, access.today), []
    stored = found.days_stored(access.today)
    first: dict[str, int] = {Basic.TRANSPORT: 1, Basic.STORAGE: stored, Basic.CREMATION: 1}
    if request.method == "POST":
        given = {price.pk: request.POST.get(f"price-{price.pk}", "").strip() or "0" for price in prices}
        try:
            make_bill(access, found, {key: int(text) for key, text in given.items()})
        except ValueError:
            errors = ["数量请填整数。"]
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            messages.success(request, "已结算，减免当场扣除。")
            return redirect("desk:funeral:reception", found.pk)
    else:
        given = {price.pk: str(first.get(price.basic, "")) for price in prices}
    context = {
        "one": found,
        "rows": [(price, given[price.pk]) for price in prices],
        "errors": errors,
        "trail": [
            TRAIL,
            (found.number, reverse("desk:funeral:reception", args=[found.pk])),
            ("费用结算", ""),
        ],
    }
    return render(request, "desk/funeral/bill.html", context, status=422 if errors else 200)


@require_POST
@permit("funeral.counter")
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    found = reception_of(request, pk)
    one = Bill.objects.filter(reception=found).select_related("home").first()
    if one is None:
        raise Http404("还没有结算单。")
    settle_with_family(request.access, one)  # type: ignore[attr-defined]
    messages.success(request, "家属已结清。减免部分列入本月财政结算。")
    return redirect("desk:funeral:reception", found.pk)


@never_cache
@permit("funeral.counter")
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed 火化证明, to be printed and handed over."""
    found = reception_of(request, pk)
    one = (
        Issued.objects.filter(kind="cremation", origin=f"cremation:{found.pk}")
        .exclude(state="revoked")
        .first()
    )
    if one is None:
        raise Http404("还没有火化证明，或者它已经注销。")
    record(
        "certificate.read", "打印火化证明", actor=request.access.user, subject=one,  # type: ignore[attr-defined]
        persons=[found.person_id],
        region=one.region_id, is_read=True,
    )  # fmt: skip
    with default_storage.open(one.file) as stored:
        return attachment(stored.read(), f"火化证明-{found.person.name}.pdf", "application/pdf")


@permit("funeral.counter")
def price_new(request: HttpRequest) -> HttpResponse:
    access, home = request.access, home_of(request)  # type: ignore[attr-defined]

    def do(given: dict[str, Any]) -> str:
        list_price(
            access,
            Price(
                home=home,
                region_id=home.region_id,
                name=given["name"],
                basic=given.get("basic") or "",
                fen=given["fen"],
                unit=given["unit"],
                document=given["document"],
                since=dt.date.fromisoformat(given["since"]),
            ),
        )
        return TRAIL[1]

    return one_form(
        request,
        ask.PRICE,
        "登记收费项目",
        do,
        done="已列入收费清单。",
        lead=f"{home.name}的收费清单，向群众公示。",
    )
