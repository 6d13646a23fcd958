"""E9: a month's subsidy of all homes of a county, worked out, looked at, confirmed by a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.business.elderly.institutions.benefits import SUBSIDIES
from minzheng.business.elderly.institutions.models import Run
from minzheng.business.elderly.institutions.models.beds import LEVELS
from minzheng.business.elderly.institutions.subsidies.actions import confirm_run, drop_run, make_run
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.desk.paging import page_of
from minzheng.online.ui.forms import PlainForm, number_seen

TONES = {"draft": "info", "confirmed": "ok", "dropped": "neutral"}
TRAIL = ("养老机构补贴", "/desk/homes/subsidies/")


class MakeForm(PlainForm):
    """Which subsidy, of which county, for which month that is over."""

    benefit = forms.ChoiceField(label="补贴", choices=[(code, one.title) for code, one in SUBSIDIES.items()])
    county = forms.ModelChoiceField(label="县（市、区）", queryset=Region.objects.none())
    month = forms.DateField(
        label="所属月份",
        input_formats=["%Y-%m"],
        widget=forms.DateInput({"type": "month"}, "%Y-%m"),
        help_text="过完的月份。",
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = Region.objects.on(access.today).filter(level=Level.COUNTY)
        field: Any = self.fields["county"]
        field.queryset = access.scope("one_off.make", counties, "code").order_by("code")
        field.initial = field.queryset.first()
        self.fields["month"].initial = add_months(month_of(access.today), -1)


def found(request: HttpRequest, pk: int, permission: str = "one_off.read") -> Run:
    rows = Run.objects.select_related("region", "maker", "checker")
    one: Run = request.access.get(permission, rows, pk=pk)  # type: ignore[attr-defined]
    return one


@permit("one_off.read")
def index(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    page = page_of(
        request, access.scope("one_off.read", Run.objects.select_related("region")), "month", descending=True
    )
    context = {
        "page": page,
        "rows": [(one, SUBSIDIES[one.benefit].title, TONES[one.state]) for one in page.rows],
        "may_make": access.may("one_off.make"),
    }
    return render(request, "desk/homes/subsidies.html", context)


@permit("one_off.make")
@keyed
def make(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    form = MakeForm(access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = make_run(access, given["county"], benefit=given["benefit"], month=given["month"])
        except Refused as refusal:
            form.add_error(None, refusal.messages[0])
        else:
            return redirect("desk:homes:subsidy", run.pk)
    return render(request, "desk/homes/subsidy_make.html", {"form": form, "trail": [TRAIL, ("核算", "")]})


@permit("one_off.read")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    run = found(request, pk)
    lines = list(
        run.lines.select_related("home__facility__organisation").order_by(
            "home__facility__region_id", "home_id"
        )
    )
    batches = Batch.objects.filter(benefit=run.benefit, county=run.region, month__gte=run.month).order_by(
        "month"
    )
    context = {
        "run": run,
        "title": SUBSIDIES[run.benefit].title,
        "tone": TONES[run.state],
        "lines": [(line, counted_as(line.basis)) for line in lines],
        "unknown_days": sum(line.basis.get("unknown_days", 0) for line in lines),
        "days": sum(line.days for line in lines),
        "may_make": run.is_open and access.may("one_off.make", run.region_id),
        "may_confirm": run.waits_for(access, "one_off.confirm"),
        "may_pay": access.may("payment.make", run.region_id),
        "may_see_batch": access.may("payment.read", run.region_id),
        "batches": batches[:3],
        "trail": [TRAIL, (str(run), "")],
    }
    return render(request, "desk/homes/subsidy.html", context)


def counted_as(basis: dict[str, Any]) -> str:
    """How an amount came about, in words."""
    names = dict(LEVELS)
    parts = [
        f"{names[int(key)]}{days}日×{basis['rates'][key] / 100:g}元/月"
        for key, days in basis.get("days", {}).items()
    ]
    if basis.get("percent", 100) != 100:
        parts.append(f"按{basis['percent']}%")
    if basis.get("tekun_days"):
        parts.append(f"特困{basis['tekun_days']}日不计")
    if basis.get("unknown_days"):
        parts.append(f"未评估{basis['unknown_days']}日未计")
    if "sites" in basis:
        parts.append(f"该品牌已核实{basis['sites']}个网点")
    if "grade" in basis and "days" not in basis:
        parts.append(f"{basis['grade']}级")
    return "；".join(parts)


def _do(request: HttpRequest, pk: int, permission: str, do: Callable[[Run], str]) -> HttpResponse:
    try:
        messages.success(request, do(found(request, pk, permission)))
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("desk:homes:subsidy", pk)


@permit("one_off.confirm", fresh=True)
@require_POST
@keyed
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    def do(run: Run) -> str:
        done = confirm_run(request.access, run, expected_fen=number_seen(request, "expected_fen"))  # type: ignore[attr-defined]
        return f"已确认。请财务编制{SUBSIDIES[done.benefit].title}{done.month:%Y年%m月}的发放批次。"

    return _do(request, pk, "one_off.confirm", do)


@permit("one_off.make")
@require_POST
@keyed
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    def do(run: Run) -> str:
        drop_run(request.access, run)  # type: ignore[attr-defined]
        return "已撤销，没有发放任何款项。"

    return _do(request, pk, "one_off.make", do)
