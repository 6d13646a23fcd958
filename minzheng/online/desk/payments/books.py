"""The books: balances and statement, the monthly proof, recoveries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.months import parse_month
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.ledger.books import statement
from minzheng.foundation.ledger.models import Account
from minzheng.foundation.ledger.proof import prove_books
from minzheng.foundation.payments import recoveries as acts
from minzheng.foundation.payments.models import Recovery, RecoveryState
from minzheng.foundation.payments.prove import Proof, latest_paid_month, prove, prove_cash
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.prove import prove_reserves
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.payments.views import tell
from minzheng.online.ui.formats import money

BUCKETS = [
    ("已发", "paid"),
    ("失败", "failed"),
    ("暂缓", "held"),
    ("在途", "in_flight"),
    ("待补", "waiting"),
]
RECENT = 60  # postings on the page; the whole statement is the auditor's export


@permit("payment.read")
def ledger(request: HttpRequest) -> HttpResponse:
    accounts = request.access.scope("payment.read", Account.objects.select_related("region"), "region_id")
    accounts = accounts.order_by("region", "programme", "kind", "fund", "year")
    context = {
        "accounts": accounts,
        "postings": statement(list(accounts.values_list("pk", flat=True)))[:RECENT],
        "titles": _titles(),
    }
    return render(request, "desk/payments/ledger.html", context)


@permit("payment.read")
def proof(request: HttpRequest) -> HttpResponse:
    """Entitled = paid + failed + held + under way + waiting − overpaid, per benefit and division."""
    try:
        month = parse_month(request.GET["month"]) if request.GET.get("month") else latest_paid_month()
    except ValueError as error:
        messages.error(request, str(error))
        month = latest_paid_month()
    prefixes = request.access.prefixes("payment.read")
    digits = 9 if request.GET.get("level") == "township" else 6
    proofs = [proof for prefix in prefixes for proof in prove(month, prefix, digits)] if month else []
    names = dict(Region.objects.filter(pk__in=[row.region for row in proofs]).values_list("pk", "name"))
    cash = [line for prefix in prefixes for line in prove_cash(prefix)]
    reserves = [one for prefix in prefixes for one in prove_reserves(prefix)]
    books = [prove_books(prefix) for prefix in prefixes]
    titles = _titles()
    context = {
        "month": month,
        "names": [name for name, _ in BUCKETS],
        "bars": _bars(proofs, titles),
        "off": [line for one in books for line in (*one.off_accounts, *one.off_entries)],
        "accounts": sum(one.accounts for one in books),
        "entries": sum(one.entries for one in books),
        "rows": [
            (row, names.get(row.region, row.region), titles.get(row.benefit, row.benefit)) for row in proofs
        ],
        "cash": [(line, titles.get(line.programme, line.programme)) for line in cash],
        "reserves": reserves,
        "holds": all(row.holds for row in (*proofs, *cash, *reserves, *books)),
        "level": request.GET.get("level", ""),
    }
    return render(request, "desk/payments/proof.html", context)


def _bars(proofs: list[Proof], titles: dict[str, str]) -> list[tuple[str, list[float], str, float]]:
    """Each benefit's month as a bar: where its money is, and a mark at what is owed (with what was paid too much)."""
    bars = []
    for code in dict.fromkeys(proof.benefit for proof in proofs):
        of = [proof for proof in proofs if proof.benefit == code]
        parts = [sum(getattr(proof, name) for proof in of) / 100 for _, name in BUCKETS]
        owed, overpaid = sum(proof.owed for proof in of), sum(proof.overpaid for proof in of)
        words = f"应享 {money(owed)}" + (f"，多发待追回 {money(overpaid)}" if overpaid else "")
        bars.append((titles.get(code, code), parts, words, (owed + overpaid) / 100))
    return bars


@permit("payment.read")
def recoveries(request: HttpRequest) -> HttpResponse:
    found = Recovery.objects.select_related("person", "entitlement__organisation", "proposer")
    found = request.access.scope("payment.read", found, "entitlement__region_id")
    state = request.GET.get("state", RecoveryState.OPEN)
    page = page_of(request, found.filter(state=state) if state else found, "month", descending=True)
    for recovery in page.rows:
        record_read(
            "查看追回", actor=request.user, subject=recovery, persons=recovery.persons,
            region=recovery.entitlement.region_id,
        )  # fmt: skip
    context = {
        "page": page,
        "state": state,
        "states": RecoveryState.choices,
        "titles": _titles(),
        "may_make": request.access.may("payment.make"),
        "may_check": request.access.may("payment.check"),
    }
    return render(request, "desk/payments/recoveries.html", context)


@permit("payment.read", fresh=True)
@keyed
@require_POST
def recover(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """`act`: returned, propose or write-off; each action asks for its own permission."""
    found = Recovery.objects.select_related("entitlement")
    recovery = request.access.get("payment.read", found, "entitlement__region_id", pk=pk)
    note = request.POST.get("note", "")
    try:
        if act == "returned":
            acts.record_return(request.access, recovery, receipt=note)
        elif act == "propose":
            acts.propose_write_off(request.access, recovery, reason=note)
        else:
            acts.approve_write_off(request.access, recovery)
        messages.success(request, "已登记。")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("desk:payments:recoveries")


def _titles() -> dict[str, str]:
    words = list(shelf(Benefit))
    return {word.programme: word.title for word in words} | {word.code: word.title for word in words}
