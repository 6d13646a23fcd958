"""财政结算: drawn up by one, confirmed by another, paid by the ordinary lists."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.business.funeral.models import Bill, Run
from minzheng.business.funeral.settlement import confirm_run, draw_up
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.regions.models import Level, Region
from minzheng.online.desk.funeral.parts import TRAIL
from minzheng.online.ui.forms import number_seen


@require_POST
@permit("funeral.settle")
@keyed
def make(request: HttpRequest) -> HttpResponse:
    """Last month's settlement of each county that the officer works for."""
    access = request.access  # type: ignore[attr-defined]
    month = (access.today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    counties = access.scope("funeral.settle", Region.objects.filter(level=Level.COUNTY), "code")
    county = counties.order_by("code").first()
    try:
        if county is None:
            raise Refused("您的任职不在县（市、区），不能编制结算。")
        made = draw_up(access, county, month=month)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("desk:funeral:index")
    return redirect("desk:funeral:run", made.pk)


@permit("funeral.read")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One settlement: a line a home, the bills behind it, the lists that pay it."""
    access = request.access  # type: ignore[attr-defined]
    found = access.get("funeral.read", Run.objects.select_related("region", "maker", "checker"), pk=pk)
    bills = list(
        Bill.objects.filter(run_line__run=found).select_related("person", "home").order_by("on", "pk")[:500]
    )
    record_read(
        "查看殡葬减免结算",
        actor=access.user,
        subject=found,
        persons={one.person_id for one in bills},
        region=found.region_id,
    )
    context = {
        "run": found,
        "lines": found.lines.select_related("home").order_by("home"),
        "bills": bills,
        "is_open": found.is_open,
        "may_confirm": found.waits_for(access, "funeral.check"),
        "batches": Batch.objects.filter(benefit="funeral_waiver", county=found.region_id, month=found.month),
        "trail": [TRAIL, (str(found), "")],
    }
    return render(request, "desk/funeral/run.html", context)


@require_POST
@permit("funeral.check", fresh=True)
@keyed
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    found = access.get("funeral.check", Run.objects.all(), pk=pk)
    try:
        confirm_run(access, found, expected_fen=number_seen(request, "expected_fen"))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, "已确认。请财务编制“殡葬基本服务费减免”的发放批次。")
    return redirect("desk:funeral:run", found.pk)
