"""12349 养老服务热线: somebody rings, the officer writes down who and for whom, and the order goes out while they speak."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items.usual import same
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.actions import Caller
from minzheng.foundation.services.models import Channel, Order, Payer
from minzheng.online.desk.services.ordering import WISH, kind_question, order, provider_question
from minzheng.online.ui.deeds import Answers, Deed, DeedForms

SELF = "本人"
RELATIONS = (SELF, "配偶", "子女", "其他亲属", "邻居", "村（社区）")
BACK = ("服务调度", "/desk/dispatch/")


def _questions(region: str, on: Any) -> tuple[Question, ...]:
    return (
        Question("elder", "老人姓名", "name", page="给谁"),
        Question(
            "elder_id_no", "老人身份证号", "id_no", required=False, hint="说不出来的不填；同名的要问清。"
        ),
        Question("caller_relation", "打电话的是老人的什么人？", "choice", options=same(*RELATIONS)),
        Question("caller", "来电人姓名", "name", show_if=when("caller_relation", *RELATIONS[1:])),
        Question("caller_phone", "回访电话", "phone"),
        kind_question(region, on),
        Question("payer", "由谁付费？", "choice", options=tuple(Payer.choices)),
        provider_question(region, on),
        WISH,
    )


def elder_of(access: Any, name: str, id_no: str | None) -> Person:
    """One living person of the officer's places; the officer is told what to ask when there is none, or more than one."""
    rows = access.scope(
        "service.order", Person.objects.filter(name=name, died_on=None).select_related("region")
    )
    if id_no:
        rows = rows.filter(id_no=id_no)
    found = list(rows[:2])
    if not found:
        raise Refused({"elder": "辖区内没有这位老人。请核对姓名，或问清住在哪个村（社区），转当地办理。"})
    if len(found) > 1:
        raise Refused({"elder_id_no": f"辖区内有不止一位{name}，请问清身份证号。"})
    return found[0]


def _take(access: Any, row: None, given: Answers) -> Order:
    said = dict(given)
    person = elder_of(access, said.pop("elder"), said.pop("elder_id_no", None))
    record_read(
        "热线下单查人", actor=access.user, subject=person, persons=[person.pk], region=person.region_id
    )
    relation = said.pop("caller_relation")
    caller = Caller(
        person.name if relation == SELF else said.pop("caller", ""), relation, said.pop("caller_phone")
    )
    said.pop("caller", None)
    return order(access, person, channel=Channel.HOTLINE, caller=caller, **said)


@permit("service.order")
def hotline(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    place = access.prefixes("service.order")[0].ljust(12, "0")
    take = Deed(
        "take", "下单", "service.order", _take, questions=_questions(place, access.today),
        done="已下单，等待服务单位接单。请告诉来电人。",
    )  # fmt: skip
    deeds = DeedForms(request, (take,), None, place)
    if deeds.done():
        return redirect("desk:services:hotline")
    recent = access.scope("service.order", Order.objects.filter(channel=Channel.HOTLINE))
    rows = list(recent.select_related("person", "region", "provider").order_by("-asked_at")[:10])
    if rows:
        record_read(
            "查看热线工单", actor=access.user, subject=rows[0], persons={one.person_id for one in rows},
            region=rows[0].region_id,
        )  # fmt: skip
    context = {"deeds": deeds, "rows": rows, "trail": [BACK, ("热线下单", "")]}
    return render(request, "desk/services/hotline.html", context, status=422 if deeds.posted else 200)
