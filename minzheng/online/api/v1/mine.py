"""A citizen's own benefits, payments, certificates, and who looked at them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.paper import site_address
from minzheng.foundation.payments.models import LineState, PaymentLine
from minzheng.foundation.people.models import Person
from minzheng.online.api.operation import operation
from minzheng.online.api.paging import Cursor, Limit, Page, page_of, page_of_list
from minzheng.online.portal.privacy.views import in_words, looks_at
from minzheng.online.portal.received.views import received_by

router = Router(tags=["我的"])
READ = ("my.read",)
TOLD = (LineState.SENT, LineState.PAID, LineState.FAILED)  # what has not left the office is not yet a payment


class BenefitOut(Schema):
    benefit: str
    title: str
    state: str
    state_label: str
    since: str = Field(description="起发月，2026-03")
    until: str | None = Field(description="发放至")
    amount_fen: int | None = Field(description="现在每月金额（分）；没有在发时为 null")
    of_family: bool = Field(description="是不是全家的待遇")


class PaymentOut(Schema):
    title: str
    month: str
    kind: str = Field(description="当月、补差、重发")
    amount_fen: int
    state: str
    state_label: str


class CertificateOut(Schema):
    title: str
    number: str
    identifier: str
    issuer: str
    issued_on: dt.date
    valid_until: dt.date | None
    standing: str
    verify_url: str = Field(description="核验地址，任何人可查")


class LookOut(Schema):
    at: dt.datetime
    who: str = Field(description="哪个单位（不写个人）")
    what: str
    is_change: bool


@operation(router, "GET", "/my/benefits", summary="我的待遇", response=Page[BenefitOut], scopes=READ)
def my_benefits(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    me = _me(request, "查看我的待遇")
    rows, after = page_of_list(received_by(me), lambda one: f"{one.right.pk:020d}", limit, cursor)
    items = [
        {
            "benefit": one.right.benefit,
            "title": one.title,
            "state": one.right.state,
            "state_label": one.right.get_state_display(),
            "since": f"{one.right.since_month:%Y-%m}",
            "until": f"{one.right.until_month:%Y-%m}" if one.right.until_month else None,
            "amount_fen": one.amount_fen,
            "of_family": one.right.household_id is not None,
        }
        for one in rows
    ]
    return {"items": items, "next": after}


@operation(router, "GET", "/my/payments", summary="我的发放记录", response=Page[PaymentOut], scopes=READ)
def my_payments(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    me = _me(request, "查看我的发放记录")
    mine = PaymentLine.objects.filter(Q(person=me) | Q(payee=me), state__in=TOLD)
    rows, after = page_of(mine, "pk", limit, cursor, descending=True)
    items = [
        {
            "title": benefit_title(one.benefit),
            "month": f"{one.month:%Y-%m}",
            "kind": one.get_kind_display(),
            "amount_fen": one.amount_fen,
            "state": one.state,
            "state_label": one.get_state_display(),
        }
        for one in rows
    ]
    return {"items": items, "next": after}


@operation(router, "GET", "/my/certificates", summary="我的证照", response=Page[CertificateOut], scopes=READ)
def my_certificates(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    me = _me(request, "查看我的证照")
    rows, after = page_of(Issued.objects.filter(person=me), "pk", limit, cursor, descending=True)
    today = request.access.today  # type: ignore[attr-defined]
    items = [
        {
            "title": one.word.title,
            "number": one.number,
            "identifier": one.identifier,
            "issuer": one.issuer_name,
            "issued_on": one.issued_on,
            "valid_until": one.valid_until,
            "standing": one.standing(today)[1],
            "verify_url": site_address(reverse("verify:certificate", args=[one.token])),
        }
        for one in rows
    ]
    return {"items": items, "next": after}


@operation(router, "GET", "/my/looks", summary="谁看过我的资料", response=Page[LookOut], scopes=READ)
def my_looks(request: HttpRequest, limit: Limit, cursor: Cursor) -> Any:
    rows, after = page_of(looks_at(request.access.user), "pk", limit, cursor, descending=True)  # type: ignore[attr-defined]
    items = [
        {"at": one.entry.at, "who": one.who, "what": one.what, "is_change": one.is_change}
        for one in in_words(rows)
    ]
    return {"items": items, "next": after}


def _me(request: HttpRequest, title: str) -> Person:
    """The person behind the token. The look is recorded: it was an app that looked, on the citizen's behalf."""
    caller = request.caller  # type: ignore[attr-defined]
    me = caller.access.user.person
    record_read(
        f"通过{caller.client}{title}",
        actor=caller.access.user,
        subject=me,
        persons=[me.pk],
        region=me.region_id,
    )
    return me
