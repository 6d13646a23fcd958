"""婚姻登记: the registry's day, a wedding, and the row that came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.marriage.actions import register_marriage
from minzheng.business.marriage.archive import people_of
from minzheng.business.marriage.care import credit_of
from minzheng.business.marriage.declining import decline_marriage
from minzheng.business.marriage.models import Divorce, DivorceState, Registration, Registry, Source
from minzheng.business.marriage.people import ID_CARD, Identity, person_at_counter
from minzheng.business.marriage.review import NOT_REGISTERED, Asked
from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record, record_read
from minzheng.foundation.booking.models import Booking, State
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.models import State as CertificateState
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.marriage import questions as ask
from minzheng.online.desk.marriage.parts import (
    TRAIL,
    asked,
    colleagues,
    document,
    registries_of,
    registry_of,
    row_of,
)
from minzheng.online.ui.forms import show_refusal

SHOWN = 12


@permit("marriage.read")
def index(request: HttpRequest) -> HttpResponse:
    """Who is expected, whose window runs out, what waits for a second person."""
    access, today = request.access, request.access.today  # type: ignore[attr-defined]
    rows = access.scope("marriage.read", Registration.objects.select_related("registry"))
    divorces = access.scope("marriage.read", Divorce.objects.select_related("man", "woman"))
    divorces = divorces.filter(state=DivorceState.OPEN)
    bookings = access.scope(
        "marriage.read", Booking.objects.select_related("slot").prefetch_related("parties")
    )
    due = list(divorces.filter(window_from__lte=today).order_by("window_until")[:SHOWN])
    latest = list(rows.filter(source=Source.REGISTERED).order_by("-registered_on", "-pk")[:SHOWN])
    expected = list(
        bookings.filter(slot__day=today, state__in=[State.BOOKED, State.CAME]).order_by("slot__starts")[:30]
    )
    record_read(
        "查看婚姻登记首页",
        actor=access.user,
        subject=access.user,
        persons=[*people_of(latest), *(key for one in due for key in (one.man_id, one.woman_id))],
        region=latest[0].region_id if latest else "",
    )
    context = {
        "registries": registries_of(request),
        "expected": expected,
        "due": [(one, (one.window_until - today).days) for one in due],
        "latest": latest,
        "counts": {
            "expected": len(expected),
            "cooling": divorces.filter(cooling_until__gte=today).count(),
            "window": divorces.filter(window_from__lte=today, window_until__gte=today).count(),
            "year": rows.filter(kind="J", source=Source.REGISTERED, registered_on__year=today.year).count(),
            "unverified": rows.filter(source=Source.ENTERED).count(),
        },
    }
    return render(request, "desk/marriage/index.html", context)


@never_cache
@permit("marriage.write")
def wedding(request: HttpRequest) -> HttpResponse:
    """M1 on one page: identity, what was asked, photo; registered at once or refused with every bar."""
    registry = registry_of(request)
    both = _both(request, registry)
    sides = tuple(question for _, part in ask.WEDDING_SIDES for question in part)
    form = asked(request, (*sides, *both), initial=_expected(request))
    may_decline = False
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return _decide(request, registry, form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            may_decline = any(text.startswith(NOT_REGISTERED) for text in refusal.messages)
    parts = [(who, [form[one.key] for one in part]) for who, part in ask.WEDDING_SIDES]
    parts.append(("双方", [form[one.key] for one in both]))
    context = {
        "form": form,
        "parts": parts,
        "may_decline": may_decline,
        "registry": registry,
        "trail": [TRAIL, ("结婚登记", "")],
    }
    return render(request, "desk/marriage/wedding.html", context)


def _both(request: HttpRequest, registry: Registry) -> tuple[Question, ...]:
    """A residence permit is asked for where the law of the day lets it count; a second registrar where there is one."""
    here = figures(request.access.today, registry.region_id)  # type: ignore[attr-defined]
    asked_for = [
        one for one in ask.WEDDING_BOTH if one.key != "lives_in_province" or not here("marriage_nationwide")
    ]
    second = replace(ask.SECOND, options=tuple(colleagues(registry, request)))
    return (*asked_for, second) if second.options else tuple(asked_for)


def _expected(request: HttpRequest) -> dict[str, Any]:
    """Names and numbers of a booked couple, so that nothing is typed twice; the man first by their numbers."""
    fixed = {
        f"{side}_{key}": value
        for side, _ in ask.SIDES
        for key, value in (("document", ID_CARD), ("nationality", "中国"))
    }
    asked_for = request.GET.get("booking", "")
    if not asked_for.isdecimal():
        return fixed
    access = request.access  # type: ignore[attr-defined]
    booking = access.get("marriage.read", Booking.objects.all(), pk=int(asked_for))
    for party in booking.parties.all():
        side = "man" if len(party.id_no) == 18 and int(party.id_no[16]) % 2 else "woman"
        fixed |= {f"{side}_name": party.name, f"{side}_number": party.id_no}
    known = [key for key in (booking.person_id, booking.partner_id) if key is not None]
    record_read("从预约开始登记", actor=access.user, subject=booking, persons=known, region=booking.region_id)
    return fixed


def _decide(request: HttpRequest, registry: Registry, form: QuestionForm) -> HttpResponse:
    """Married at once, or declined in writing when the officer has pressed that."""
    access, given = request.access, form.answers  # type: ignore[attr-defined]
    row, answers = _told(request, registry, form)
    if request.POST.get("act") == "decline":
        declined = decline_marriage(access, row, answers)
        messages.success(request, f"已出具告知书 {declined.number}。请打印两份，当面送达双方。")
        return redirect("desk:marriage:declined", declined.pk)
    second = User.objects.filter(pk=given["second"]).first() if given.get("second") else None
    made = register_marriage(access, row, answers, second=second)
    for person in (row.man, row.woman):
        if person is not None and credit_of(person, access):
            messages.warning(request, f"{person.name}有婚姻登记失信记录，请在台账里查看。")
    messages.success(request, f"已登记，字号 {made.number}。请打印两本结婚证当面颁发。")
    return redirect("desk:marriage:row", made.pk)


def _told(request: HttpRequest, registry: Registry, form: QuestionForm) -> tuple[Registration, Asked]:
    """The couple as they stand at the counter, and what they answered."""
    access, given = request.access, form.answers  # type: ignore[attr-defined]
    couple = {side: _person(access, registry, side, given) for side, _ in ask.SIDES}
    row = Registration(
        registry=registry,
        region_id=registry.region_id,
        photo=document(form, "photo"),
        declaration=document(form, "declaration"),
        **couple,
        **{
            f"{side}_{key}": given[f"{side}_{key}"]
            for side, _ in ask.SIDES
            for key in ("prior", "nationality")
        },
        **{f"{side}_id_no": given[f"{side}_number"] for side, _ in ask.SIDES},
    )
    answers = Asked(
        both_present=given["both_present"],
        near_kin=given["near_kin"],
        lives_in_province=given.get("lives_in_province"),
        willing={couple[side].pk: given[f"{side}_willing"] for side, _ in ask.SIDES},
        spouse_elsewhere={
            couple[side].pk: {ask.NONE: False, ask.HAS: True}.get(given[f"{side}_elsewhere"])
            for side, _ in ask.SIDES
        },
    )
    return row, answers


def _person(access: Any, registry: Registry, side: str, given: dict[str, Any]) -> Person:
    born = given.get(f"{side}_born")
    said = Identity(
        name=given[f"{side}_name"],
        number=given[f"{side}_number"],
        document=given[f"{side}_document"],
        sex=ask.SEXES[side],
        birth_date=dt.date.fromisoformat(born) if born else None,
    )
    return person_at_counter(access, registry, said)


@never_cache
@permit("marriage.read")
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: who, when, by whom, why it was allowed, and its certificates."""
    found = row_of(request, pk)
    record_read(
        "查看婚姻登记", actor=request.user, subject=found, persons=found.couple, region=found.region_id
    )
    copies = Issued.objects.filter(number=found.number).order_by("pk")
    context = {
        "row": found,
        "copies": [(one, *one.standing(request.access.today)) for one in copies],  # type: ignore[attr-defined]
        "trail": [TRAIL, (found.number, "")],
    }
    return render(request, "desk/marriage/row.html", context)


@never_cache
@permit("marriage.read")
def copy(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """The signed certificate of one of the two, to be printed and handed over."""
    found = row_of(request, pk)
    one = Issued.objects.filter(number=found.number, pk=copy).exclude(state=CertificateState.REVOKED).first()
    if one is None:
        raise Http404("没有找到这本证，或者它已经注销。")
    record(
        "certificate.read", "打印婚姻登记证", actor=request.user, subject=one, persons=[one.person_id],
        region=one.region_id, is_read=True,
    )  # fmt: skip
    with default_storage.open(one.file) as stored:
        return attachment(stored.read(), f"{found.number}-{one.name}.pdf", "application/pdf")
