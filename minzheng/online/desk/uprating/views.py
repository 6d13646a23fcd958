"""Uprating on the desk: what waits, asking for one, its totals, the second person's yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F, Sum
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.regions.models import Region
from minzheng.foundation.uprating import actions
from minzheng.foundation.uprating.changes import uprated
from minzheng.foundation.uprating.jobs import run_laying, run_work_out
from minzheng.foundation.uprating.models import State, Uprating
from minzheng.foundation.uprating.waiting import waiting_changes
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.desk.uprating.forms import AskForm
from minzheng.online.ui.forms import number_seen

TRAIL = ("提标重算", "/desk/uprating/")
TONES = {
    State.WAITING: "info",
    State.DRAFTED: "warn",
    State.CONFIRMED: "info",
    State.DONE: "ok",
    State.DROPPED: "neutral",
}


def found(request: HttpRequest, pk: int, permission: str = "uprating.read") -> Uprating:
    """One in the user's counties, or 404."""
    rows = Uprating.objects.select_related("region", "maker", "checker")
    made: Uprating = request.access.get(permission, rows, pk=pk)  # type: ignore[attr-defined]
    return made


@permit("uprating.read")
def index(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    page = page_of(
        request,
        access.scope("uprating.read", Uprating.objects.select_related("region")),
        "from_month",
        descending=True,
    )
    mine = list(counties_of(access, "uprating.make"))
    context = {
        "page": page,
        "rows": [(one, benefit(one.benefit).title, TONES[State(one.state)]) for one in page.rows],
        "waiting": waiting_changes(mine[0].code) if len(mine) == 1 else [],
        "kinds": uprated(),
        "may_make": access.may("uprating.make"),
    }
    return render(request, "desk/uprating/index.html", context)


@permit("uprating.make")
def new(request: HttpRequest, code: str) -> HttpResponse:
    declared = next((one for one in uprated() if one.code == code), None)
    if declared is None:
        raise Http404("没有这种按月发放的待遇。")
    access = request.access  # type: ignore[attr-defined]
    form = AskForm(access, request.GET.get("month", ""), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.ask(
                access, given["county"], benefit=code, from_month=given["month"], evidence=given["evidence"]
            )
        except Refused as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            transaction.on_commit(lambda: run_work_out.enqueue(made.pk))
            return redirect("desk:uprating:one", made.pk)
    context = {"form": form, "declared": declared, "trail": [TRAIL, (f"{declared.title}提标", "")]}
    return render(request, "desk/uprating/new.html", context)


@permit("uprating.read")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    shown = found(request, pk)
    access, declared = request.access, benefit(shown.benefit)  # type: ignore[attr-defined]
    parts = _by_township(shown)
    context = {
        "one": shown,
        "title": declared.title,
        "tone": TONES[State(shown.state)],
        "is_moving": shown.state in (State.WAITING, State.CONFIRMED),
        "parts": parts,
        "reasons": shown.lines.filter(state="held").values_list("reason").annotate(count=Count("pk")).order_by("-count")[:10],
        "stale": shown.lines.filter(state="stale").count(),
        "expected": shown.monthly_fen + shown.arrears_fen,
        "may_drop": shown.state in (State.WAITING, State.DRAFTED) and access.may("uprating.make", shown.region_id),
        "may_confirm": shown.state == State.DRAFTED
        and shown.rights
        and access.may("uprating.confirm", shown.region_id)
        and request.user.person_id != shown.maker_id,  # type: ignore[union-attr]
        "trail": [TRAIL, (f"{declared.title}{shown}", "")],
    }  # fmt: skip
    return render(request, "desk/uprating/one.html", context)


@permit("uprating.confirm", fresh=True)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    def do(made: Uprating) -> str:
        actions.confirm(request.access, made, expected_fen=number_seen(request, "expected_fen"))  # type: ignore[attr-defined]
        transaction.on_commit(lambda: run_laying.enqueue(made.pk))
        return "已确认，正在逐户调整；补发随下一批发放。"

    return _do(request, pk, "uprating.confirm", do)


@permit("uprating.make")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    def do(made: Uprating) -> str:
        actions.drop(request.access, made, note=request.POST.get("note", ""))  # type: ignore[attr-defined]
        return "已撤销，没有调整任何待遇。"

    return _do(request, pk, "uprating.make", do)


def _do(request: HttpRequest, pk: int, permission: str, do: Callable[[Uprating], str]) -> HttpResponse:
    try:
        messages.success(request, do(found(request, pk, permission)))
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:uprating:one", pk)


def _by_township(shown: Uprating) -> list[dict[str, Any]]:
    """Totals without a name: rights, more a month at the end, back-pay."""
    rows = (
        shown.lines.exclude(state="held")
        .annotate(township=Left("region_id", 9))
        .values("township")
        .annotate(
            rights=Count("entitlement", distinct=True),
            old=Sum("old_fen"),
            more=Sum(F("new_fen") - F("old_fen")),
            arrears=Sum("arrears_fen"),
        )
        .order_by("township")
    )
    listed = list(rows)
    names = dict(
        Region.objects.filter(pk__in=[row["township"].ljust(12, "0") for row in listed]).values_list(
            "pk", "name"
        )
    )
    return [row | {"name": names.get(row["township"].ljust(12, "0"), row["township"])} for row in listed]
