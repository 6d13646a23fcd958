"""Batches: the list of them, making one, and the page of one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.payments.actions import make_batch
from minzheng.foundation.payments.models import Batch, LineState, Recovery
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.payments import tables
from minzheng.online.desk.payments.forms import AnswerForm, BatchForm
from minzheng.online.ui.formats import cn_month

TRAIL = ("发放批次", "/desk/payments/")


def batch_of(request: HttpRequest, pk: int, permission: str = "payment.read") -> Batch:
    """A batch in the user's counties, or 404."""
    found = Batch.objects.select_related("county", "made_by", "checked_by")
    batch: Batch = request.access.get(permission, found, "county_id", pk=pk)
    return batch


def title_of(batch: Batch) -> str:
    return f"{benefit(batch.benefit).title} {cn_month(batch.month)}"


@permit("payment.read")
def batches(request: HttpRequest) -> HttpResponse:
    found = request.access.scope(
        "payment.read", Batch.objects.select_related("county", "made_by"), "county_id"
    )
    page = page_of(request, found, "month", descending=True)
    context = {
        "page": page,
        "may_make": request.access.may("payment.make"),
        "rows": [(batch, title_of(batch), tables.TONES[batch.state]) for batch in page.rows],
    }
    return render(request, "desk/payments/batches.html", context)


@permit("payment.make")
@keyed
def new(request: HttpRequest) -> HttpResponse:
    form = BatchForm(request.access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            batch = make_batch(
                request.access,
                answers["county"],
                code=answers["benefit"],
                month=answers["month"],
                kind=answers["kind"],
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("desk:payments:batch", batch.pk)
    return render(request, "desk/payments/new.html", {"form": form, "trail": [TRAIL, ("编制批次", "")]})


@permit("payment.read")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    return batch_page(request, batch_of(request, pk))


def batch_page(request: HttpRequest, batch: Batch, answer_form: AnswerForm | None = None) -> HttpResponse:
    recoveries = Recovery.objects.filter(
        state="open", entitlement__payment_lines__batch=batch, unpaid_line=None
    ).distinct()
    context = {
        "batch": batch,
        "title": title_of(batch),
        "tone": tables.TONES[batch.state],
        "trail": [TRAIL, (batch.number, "")],
        "steps": tables.steps_of(batch),
        "townships": tables.by_township(batch),
        "held": tables.held_reasons(batch),
        "states": tables.by_state(batch),
        "answers": batch.return_files.select_related("imported_by").order_by("-pk"),
        "answer_form": answer_form or AnswerForm(),
        "waiting": batch.lines.filter(state=LineState.SENT).count(),
        "recoveries": recoveries.count(),
        "may_make": request.access.may("payment.make", batch.county_id),
        "may_check": request.access.may("payment.check", batch.county_id),
        "may_fetch": bool(settings.PAYMENT_BANK_URL),
        "is_maker": request.user.person_id == batch.maker_id,
    }
    return render(request, "desk/payments/batch.html", context)


@permit("payment.read")
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The people on one list; looking at them is recorded."""
    batch = batch_of(request, pk)
    state = request.GET.get("state", "")
    page = page_of(request, tables.shown_lines(batch, state), "sequence", size=50)
    record_read(
        "查看发放明细",
        actor=request.user,
        subject=batch,
        persons={key for line in page.rows for key in (line.person_id, line.payee_id) if key is not None},
        region=batch.county_id,
    )
    context = {
        "batch": batch,
        "title": title_of(batch),
        "page": page,
        "rows": [(line, tables.TONES[line.state]) for line in page.rows],
        "state": state,
        "states": LineState.choices,
        "trail": [TRAIL, (batch.number, f"/desk/payments/{batch.pk}/"), ("明细", "")],
    }
    return render(request, "desk/payments/lines.html", context)


def tell(request: HttpRequest, refusal: Refused) -> None:
    messages.error(request, refusal.messages[0])
