"""The register of one-off payments, entering one, and the page of one with its totals."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.words import benefit, benefit_title
from minzheng.foundation.forms.showing import show
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.oneoffs import actions
from minzheng.foundation.oneoffs.models import Distribution, State
from minzheng.foundation.oneoffs.select import held_back, preview
from minzheng.foundation.oneoffs.words import OneOff, one_off
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.oneoffs.forms import EnterForm
from minzheng.online.desk.paging import page_of
from minzheng.online.ui.forms import number_seen

TRAIL = ("一次性发放", "/desk/one-offs/")
TONES = {"entered": "info", "posted": "info", "confirmed": "ok", "dropped": "neutral"}


def found(request: HttpRequest, pk: int, permission: str = "one_off.read") -> Distribution:
    """One in the user's counties, or 404."""
    rows = Distribution.objects.select_related("region", "maker", "checker")
    one: Distribution = request.access.get(permission, rows, pk=pk)  # type: ignore[attr-defined]
    return one


@permit("one_off.read")
def index(request: HttpRequest) -> HttpResponse:
    rows = request.access.scope("one_off.read", Distribution.objects.select_related("region"))  # type: ignore[attr-defined]
    page = page_of(request, rows, "month", descending=True)
    context = {
        "page": page,
        "rows": [(one, one_off(one.kind).title, TONES[one.state]) for one in page.rows],
        "kinds": list(shelf(OneOff)),
        "may_make": request.access.may("one_off.make"),  # type: ignore[attr-defined]
    }
    return render(request, "desk/oneoffs/index.html", context)


@permit("one_off.make")
@keyed
def new(request: HttpRequest, code: str) -> HttpResponse:
    if code not in shelf(OneOff):
        raise Http404("没有这种一次性发放。")
    declared = one_off(code)
    form = EnterForm(declared, request.access, request.POST or None)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.enter(
                request.access,  # type: ignore[attr-defined]
                given["county"],
                kind=code,
                month=given["month"],
                figures=form.figures,
                evidence=given["evidence"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            return redirect("desk:oneoffs:one", made.pk)
    context = {"form": form, "declared": declared, "trail": [TRAIL, (f"登记{declared.title}", "")]}
    return render(request, "desk/oneoffs/new.html", context)


@permit("one_off.read")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Totals as they stand now, by township; after the confirmation, as they were confirmed."""
    shown = found(request, pk)
    declared = one_off(shown.kind)
    parts = preview(shown) if shown.state != State.DROPPED else []
    is_open = shown.is_open
    held = held_back(shown) if is_open else []
    names = dict(
        Region.objects.filter(pk__in={part.township for part in (*parts, *held)}).values_list("pk", "name")
    )
    batches = Batch.objects.filter(benefit=declared.benefit, county=shown.region, month=shown.month)
    context = {
        "one": shown,
        "declared": declared,
        "tone": TONES[shown.state],
        "figures": [
            (question.label, show(question, shown.figures[question.key]))
            for question in declared.figures
            if question.key in shown.figures
        ],
        "parts": [
            (names.get(part.township, part.township), benefit_title(part.benefit), part) for part in parts
        ],
        "held": [(names.get(one.township, one.township), benefit_title(one.benefit), one) for one in held],
        "held_rights": sum(one.rights for one in held),
        "rights": sum(part.rights for part in parts) if is_open else shown.rights,
        "persons": sum(part.persons for part in parts) if is_open else shown.persons,
        "total": sum(part.fen for part in parts) if is_open else shown.total_fen,
        "until": actions.publicity_ends(shown) if shown.posted_on and declared.publicity else None,
        "is_open": is_open,
        "needs_board": is_open and declared.publicity and shown.posted_on is None,
        "may_make": is_open and request.access.may("one_off.make", shown.region_id),  # type: ignore[attr-defined]
        "may_confirm": shown.waits_for(request.access, "one_off.confirm"),  # type: ignore[attr-defined]
        "may_pay": request.access.may("payment.make", shown.region_id),  # type: ignore[attr-defined]
        "programme": benefit(declared.benefit).title,
        "batches": batches,
        "trail": [TRAIL, (str(shown), "")],
    }
    return render(request, "desk/oneoffs/one.html", context)


def _do(request: HttpRequest, pk: int, permission: str, do: Callable[[Distribution], str]) -> HttpResponse:
    try:
        messages.success(request, do(found(request, pk, permission)))
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:oneoffs:one", pk)


@permit("one_off.make")
@keyed
@require_POST
def post(request: HttpRequest, pk: int) -> HttpResponse:
    def do(one: Distribution) -> str:
        actions.post_list(request.access, one)
        return "已公示。公示期满、没有异议后，由另一位同志确认。"

    return _do(request, pk, "one_off.make", do)


@permit("one_off.confirm", fresh=True)
@keyed
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    def do(one: Distribution) -> str:
        done = actions.confirm(request.access, one, expected_fen=number_seen(request, "expected_fen"))
        return f"已确认 {done.rights} 份。请财务编制{done.period}的发放批次。"

    return _do(request, pk, "one_off.confirm", do)


@permit("one_off.make")
@keyed
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    def do(one: Distribution) -> str:
        actions.drop(request.access, one, note=request.POST.get("note", ""))
        return "已撤销，没有发放任何款项。"

    return _do(request, pk, "one_off.make", do)
