"""Counselling with sealed notes, an alert on a suspected crime, a record of broken trust."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from minzheng.business.marriage.care import (
    raise_alert,
    read_notes,
    record_counselling,
    record_false_declaration,
)
from minzheng.business.marriage.models import CounselSession, CreditRecord, Registry, RiskAlert
from minzheng.business.marriage.people import Identity, person_at_counter
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.forms import Question
from minzheng.foundation.people.models import Person
from minzheng.online.desk.deeds import one_form
from minzheng.online.desk.marriage import questions as ask
from minzheng.online.desk.marriage.parts import TRAIL, registry_of

Save = Callable[[Any, Registry, Person, dict[str, Any]], Any]


@never_cache
@permit("marriage.write")
def counsel(request: HttpRequest) -> HttpResponse:
    def save(access: Any, registry: Registry, person: Person, given: dict[str, Any]) -> None:
        session = CounselSession(
            region_id=registry.region_id, person=person, topic=given["topic"], consented=given["consented"],
            result=given["result"],
        )  # fmt: skip
        record_counselling(access, session, given.get("notes") or "")

    return _page(request, "登记家庭辅导", ask.COUNSEL, save, "已登记。谈话记录只有您本人能打开。")


@never_cache
@permit("marriage.write")
def alert(request: HttpRequest) -> HttpResponse:
    def save(access: Any, registry: Registry, person: Person, given: dict[str, Any]) -> None:
        raise_alert(
            access, RiskAlert(region_id=registry.region_id, person=person, kind=given["kind"]), given["story"]
        )

    return _page(request, "登记风险提示", ask.ALERT, save, "已登记，并交县级核实。有人身危险请立即拨打110。")


@never_cache
@permit("marriage.write")
def credit(request: HttpRequest) -> HttpResponse:
    def save(access: Any, registry: Registry, person: Person, given: dict[str, Any]) -> None:
        record_false_declaration(
            access,
            CreditRecord(
                region_id=registry.region_id, person=person, fact=given["fact"], basis=given["basis"]
            ),
        )

    return _page(request, "登记失信记录", ask.CREDIT, save, "已登记。")


@never_cache
@permit("marriage.write", fresh=True)
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own; for everybody else the session has no notes at all."""
    found = get_object_or_404(CounselSession.objects.select_related("person"), pk=pk, counsellor=request.user)
    context = {
        "session": found,
        "text": read_notes(request.access, found),  # type: ignore[attr-defined]
        "trail": [TRAIL, ("谈话记录", "")],
    }
    return render(request, "desk/marriage/notes.html", context)


def _page(
    request: HttpRequest, heading: str, questions: tuple[Question, ...], save: Save, done: str
) -> HttpResponse:
    registry = registry_of(request)

    def do(given: dict[str, Any]) -> str:
        access = request.access  # type: ignore[attr-defined]
        person = person_at_counter(access, registry, Identity(given["name"], given["id_no"]))
        save(access, registry, person, given)
        return TRAIL[1]

    return one_form(
        request,
        questions,
        heading,
        do,
        done=done,
        back=TRAIL[1],
        trail=[TRAIL],
        region=registry.region_id,
    )
