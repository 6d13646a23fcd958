"""The list of funds and the page of one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.actions import open_fund
from minzheng.foundation.reserves.balance import MonthFigures, balance_of, month_figures, uncovered
from minzheng.foundation.reserves.models import Reconciliation, ReserveFund, Voucher
from minzheng.foundation.reserves.prove import ReserveProof, prove_reserves
from minzheng.foundation.reserves.words import reserve
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.reserves.forms import AmountForm, CountForm, LimitsForm, OpenForm

TRAIL = ("备用金", "/desk/reserves/")
MONTHS = 12


def fund_of(request: HttpRequest, pk: int, permission: str = "reserve.read") -> ReserveFund:
    """A fund in the user's regions, or 404."""
    funds = ReserveFund.objects.select_related("region")
    fund: ReserveFund = request.access.get(permission, funds, pk=pk)  # type: ignore[attr-defined]
    return fund


@permit("reserve.read")
def index(request: HttpRequest) -> HttpResponse:
    """Every township's fund, the lowest first: what it holds against its limits, and whether the books agree."""
    proofs: dict[int, ReserveProof] = {}
    for prefix in request.access.prefixes("reserve.read"):  # type: ignore[attr-defined]
        proofs |= {proof.fund.pk: proof for proof in prove_reserves(prefix)}
    rows = sorted(proofs.values(), key=lambda one: (one.fund.closed_on is not None, _share(one)))
    low = [one for one in rows if one.fund.closed_on is None and one.ledger < one.fund.floor_fen]
    context = {
        "rows": [(one, _share(one), one in low) for one in rows],
        "low": len(low),
        "held": sum(one.ledger for one in rows),
        "advanced": sum(one.advanced - one.repaid for one in rows),
        "holds": all(one.holds for one in rows),
        "may_open": request.access.may("reserve.open"),  # type: ignore[attr-defined]
        "indicators": [one for one in shelf(Indicator) if one.code.startswith("reserve.")]
        if request.access.may("statistics.read")  # type: ignore[attr-defined]
        else [],
    }
    return render(request, "desk/reserves/index.html", context)


def _share(proof: ReserveProof) -> int:
    """Percent of the ceiling that is there."""
    return max(0, min(100, proof.ledger * 100 // proof.fund.ceiling_fen))


@permit("reserve.open", fresh=True)
@keyed
def new(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.access, settings.STANDARDS_SET, request.POST or None)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            fund = open_fund(
                request.access,  # type: ignore[attr-defined]
                given["township"],
                code=given["kind"],
                ceiling_fen=given["ceiling"],
                floor_fen=given["floor"],
                document=given["document"],
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "已设立。请财务拨入第一笔。")
            return redirect("desk:reserves:fund", fund.pk)
    return render(request, "desk/reserves/new.html", {"form": form, "trail": [TRAIL, ("设立备用金", "")]})


@permit("reserve.read")
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    return fund_page(request, fund_of(request, pk))


def fund_page(request: HttpRequest, fund: ReserveFund, **bound: Any) -> HttpResponse:
    """`bound`: a form that came back with its mistakes, by the name of its act."""
    access = request.access  # type: ignore[attr-defined]
    held, waiting = balance_of(fund), uncovered(fund)
    vouchers = Voucher.objects.filter(fund=fund).select_related("person", "first", "second", "covered_by")
    page = page_of(request, vouchers.select_related("taken_back_by"), "on", descending=True)
    record_read(
        "查看备用金凭证",
        actor=request.user,
        subject=fund,
        persons=[one.person_id for one in page.rows if one.person_id],
        region=fund.region_id,
    )
    months = _months(fund, access.today)
    due = next((month for month, _, made in reversed(months) if made is None), None)
    share = max(0, min(100, held * 100 // fund.ceiling_fen))
    context = {
        "fund": fund,
        "title": reserve(fund.kind).title,
        "held": held,
        "room": max(0, fund.ceiling_fen - held),
        "share_words": f"上限的 {share}%",
        "is_low": fund.closed_on is None and held < fund.floor_fen,
        "waiting": waiting,
        "waiting_fen": sum(one.amount_fen for one in waiting),
        "page": page,
        "months": months,
        "trail": [TRAIL, (str(fund), "")],
        "may_fund": fund.closed_on is None and access.may("reserve.fund", fund.region_id),
        "may_pay": access.may("reserve.pay", fund.region_id),
        "may_open": access.may("reserve.open", fund.region_id),
        "years": sorted({fund.opened_on.year, access.today.year}, reverse=True),
        "forms": {
            "top_up": AmountForm(prefix="top_up"),
            "give_back": AmountForm(prefix="give_back"),
            "count": CountForm(prefix="count", initial={"month": f"{due:%Y-%m}" if due else ""}),
            "limits": LimitsForm(
                prefix="limits",
                initial={
                    "ceiling": f"{fund.ceiling_fen / 100:.2f}",
                    "floor": f"{fund.floor_fen / 100:.2f}",
                },
            ),
        }
        | bound,
        "opened": next(iter(bound), ""),
        "due": due,
    }
    return render(request, "desk/reserves/fund.html", context)


def _months(fund: ReserveFund, today: dt.date) -> list[tuple[dt.date, MonthFigures, Reconciliation | None]]:
    """The months that are over, the latest first, each with its figures and its reconciliation."""
    made = {one.month: one for one in fund.months.select_related("maker", "checker")}
    first, month = month_of(fund.opened_on), add_months(month_of(today), -1)
    found = []
    while month >= first and len(found) < MONTHS:
        found.append((month, month_figures(fund, month), made.get(month)))
        month = add_months(month, -1)
    return found
