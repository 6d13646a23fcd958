"""离婚登记: receipt, withdrawal, certificate, and the sealed agreement."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.marriage.declining import decline_divorce
from minzheng.business.marriage.divorce import (
    PARTS,
    Appearance,
    accept_divorce,
    read_agreement,
    register_divorce,
    withdraw_divorce,
)
from minzheng.business.marriage.models import Divorce, DivorceState, Registration, Registry
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms.rendering import QuestionForm
from minzheng.online.desk.marriage import questions as ask
from minzheng.online.desk.marriage.parts import TRAIL, asked, divorce_of, registry_of
from minzheng.online.ui.forms import show_refusal

AGREED = (("will", "自愿离婚"), ("children", "子女抚养"), ("property", "财产处理"), ("debts", "债务处理"))


@never_cache
@permit("marriage.write")
def new(request: HttpRequest) -> HttpResponse:
    """M2: the couple stands here with certificate and agreement; what the registry may not accept, it declines in writing."""
    registry = registry_of(request)
    declines = request.POST.get("act") == "decline"
    form = asked(request, ask.NOT_DIVORCED if declines else ask.DIVORCE)
    if request.method == "POST" and form.is_valid():
        try:
            return (_decline if declines else _accept)(request, registry, form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "registry": registry, "trail": [TRAIL, ("离婚登记申请", "")]}
    return render(request, "desk/marriage/divorce_new.html", context)


def _accept(request: HttpRequest, registry: Registry, form: QuestionForm) -> HttpResponse:
    access, given = request.access, form.answers  # type: ignore[attr-defined]
    wedding = _wedding(request, given["number"])
    divorce = Divorce(
        marriage=wedding.marriage, registry=registry, region_id=registry.region_id,
        man=wedding.man, woman=wedding.woman,
    )  # fmt: skip
    agreement = {part: given[part] for part in PARTS}
    accept_divorce(access, divorce, _seen(form), agreement, in_mainland=given["in_mainland"])
    messages.success(request, "已受理。请打印受理回执单交给双方。")
    return redirect("desk:marriage:divorce", divorce.pk)


def _decline(request: HttpRequest, registry: Registry, form: QuestionForm) -> HttpResponse:
    access, given = request.access, form.answers  # type: ignore[attr-defined]
    wedding = _wedding(request, given["number"])
    made = decline_divorce(access, wedding, registry, _seen(form), in_mainland=given["in_mainland"])
    messages.success(request, f"已出具告知书 {made.number}。请打印两份，当面送达双方。")
    return redirect("desk:marriage:declined", made.pk)


@never_cache
@permit("marriage.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found, access = divorce_of(request, pk), request.access  # type: ignore[attr-defined]
    record_read(
        "查看离婚登记申请", actor=request.user, subject=found, persons=[found.man_id, found.woman_id],
        region=found.region_id,
    )  # fmt: skip
    withdrawal = asked(request, ask.WITHDRAWAL, "withdraw")
    both = asked(request, ask.PRESENT, "register")
    if request.method == "POST":
        access.require("marriage.write", found.region_id)
        done = _act(request, found, withdrawal, both)
        if done is not None:
            return done
    today = access.today
    is_open = found.state == DivorceState.OPEN
    context = {
        "divorce": found,
        "phase": found.phase_on(today),
        "is_cooling": is_open and today <= found.cooling_until,
        "is_window": is_open and found.window_from <= today <= found.window_until,
        "days_left": (found.window_until - today).days,
        "withdrawal": withdrawal,
        "both": both,
        "sessions": found.counselling.count(),
        "trail": [TRAIL, (found.receipt_no, "")],
    }
    return render(request, "desk/marriage/divorce.html", context)


@never_cache
@permit("marriage.read")
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """受理回执单: D, C and the window, as computed on the day."""
    found = divorce_of(request, pk)
    record_read(
        "打印受理回执单", actor=request.user, subject=found, persons=[found.man_id, found.woman_id],
        region=found.region_id,
    )  # fmt: skip
    return render(
        request,
        "desk/marriage/receipt.html",
        {"divorce": found, "back_url": f"/desk/marriage/divorces/{pk}/"},
    )


@never_cache
@permit("marriage.agreement", fresh=True)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened by a qualified registrar of that registry; the two see who looked."""
    found = divorce_of(request, pk)
    content = read_agreement(request.access, found).content  # type: ignore[attr-defined]
    context = {
        "divorce": found,
        "rows": [(title, content.get(key, "")) for key, title in AGREED],
        "trail": [TRAIL, (found.receipt_no, f"/desk/marriage/divorces/{pk}/"), ("离婚协议", "")],
    }
    return render(request, "desk/marriage/agreement.html", context)


def _act(
    request: HttpRequest, found: Divorce, withdrawal: QuestionForm, both: QuestionForm
) -> HttpResponse | None:
    """Whichever form was sent; None when it comes back with its mistakes."""
    access = request.access  # type: ignore[attr-defined]
    form = withdrawal if request.POST.get("form") == "withdraw" else both
    if not form.is_valid():
        return None
    try:
        if form is withdrawal:
            person = found.man if form.answers["side"] == "man" else found.woman
            withdraw_divorce(access, found, person)
            messages.success(request, f"{person.name}已撤回，申请办结。请打印撤回确认单。")
        else:
            row = register_divorce(access, found, _seen(form))
            messages.success(request, f"已登记，字号 {row.number}。请收回结婚证，打印两本离婚证。")
            return redirect("desk:marriage:row", row.pk)
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return None
    return redirect("desk:marriage:divorce", found.pk)


def _seen(form: QuestionForm) -> Appearance:
    return Appearance(**{question.key: bool(form.answers[question.key]) for question in ask.PRESENT})


def _wedding(request: HttpRequest, number: str) -> Registration:
    rows = Registration.objects.select_related("marriage", "man", "woman").filter(
        number=number.strip().upper()
    )
    found = request.access.scope("marriage.read", rows).first()  # type: ignore[attr-defined]
    if found is None or found.marriage is None or not found.is_marriage:
        raise Refused(
            {"number": "登记簿里没有这个字号的有效结婚登记。是以前或外地登记的，请先补录档案并核对。"}
        )
    return found
