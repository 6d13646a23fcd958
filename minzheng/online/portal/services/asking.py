"""Ordering for oneself, for whom one lives with, and for the elder who agreed; asking to be that elder's representative."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.support.vouchers import balance
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.services.models import Channel, Kin, Order, Payer, Representative
from minzheng.foundation.services.representatives import (
    agree,
    ask_to_represent,
    end_representation,
    running,
)
from minzheng.online.desk.services.ordering import WISH, kind_question, order, provider_question
from minzheng.online.ui.deeds import Answers, Deed, DeedForms, by_name

REASON = Question("reason", "原因", min=2, max=200)


def people_of(access: Any) -> list[Person]:
    """Whom this citizen may order for: oneself first, the family, those represented."""
    me = access.user.person
    homes = Membership.objects.filter(person=me, until=None).values("household")
    family = Membership.objects.filter(household__in=homes, until=None).exclude(person=me).values("person")
    represented = running(access.today).filter(agent=me).values("elder")
    others = Person.objects.filter(pk__in=family, died_on=None) | Person.objects.filter(
        pk__in=represented, died_on=None
    )
    return [me, *others.select_related("region").order_by("name", "pk").distinct()]


@citizen
def choose(request: HttpRequest) -> HttpResponse:
    """For whom; with one person only, straight on."""
    access: Any = request.access  # type: ignore[attr-defined]
    people = people_of(access)
    if len(people) == 1:
        return redirect("portal:service_new", people[0].pk)
    context = {"people": people, "me": access.user.person_id, "back_url": reverse("portal:services")}
    return render(request, "portal/services/choose.html", context)


def _payers(person: Person, access: Any) -> tuple[tuple[str, str], ...]:
    left = balance(person.pk, access.today)
    found = []
    if left:
        found.append((Payer.VOUCHER, f"养老服务券（余额{yuan(left)}元）"))
    if CareBed.objects.filter(person=person, until=None).exists():
        found.append((Payer.BED, "家庭养老床位（由签约机构上门）"))
    return (*found, (Payer.SELF, "自己付费"))


def _order(access: Any, person: Person, given: Answers) -> Order:
    return order(access, person, channel=Channel.FAMILY, **given)


@citizen
def new(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    person = next((one for one in people_of(access) if one.pk == pk), None)
    if person is None:
        raise Http404("没有找到这位家人。请从“给谁下单”里选择。")
    ask = Deed(
        "ask",
        "下单",
        "",
        _order,
        questions=(
            kind_question(person.region_id, access.today),
            Question("payer", "由谁付费？", "choice", options=_payers(person, access)),
            provider_question(person.region_id, access.today),
            WISH,
        ),
        lead="政府购买的服务，请告诉村（社区）或拨打12349，由工作人员评估后安排。",
        done="已下单，等待服务单位接单。",
    )
    deeds = DeedForms(request, (ask,), person, person.region_id)
    if deeds.done():
        return redirect("portal:services")
    if person.pk != access.user.person_id:
        record_read(
            "为家人下单", actor=access.user, subject=person, persons=[person.pk], region=person.region_id
        )
    context = {"person": person, "deeds": deeds, "back_url": reverse("portal:services")}
    return render(request, "portal/services/new.html", context, status=422 if deeds.posted else 200)


def _represent(
    access: Any, me: Person, *, id_no: str, name: str, kin: str, proofs: list[int]
) -> Representative:
    elder = person_with(id_no)
    # One answer for both, so that nobody learns here whether a number is known.
    if elder is None or elder.name != name:
        raise Refused(
            {"id_no": "没有找到姓名和号码都相符的人。请对照老人的身份证核对，或请老人先到村（社区）登记。"}
        )
    return ask_to_represent(access, elder, kin=kin, proofs=proofs)


REPRESENT = Deed(
    "represent",
    "替老人下单",
    "",
    by_name(_represent),
    questions=(
        Question("name", "老人姓名", "name"),
        Question("id_no", "老人身份证号", "id_no"),
        Question("kin", "您是老人的什么人？", "choice", options=tuple(Kin.choices)),
        Question("proofs", "关系证明或授权书", "files", hint="户口簿、结婚证的照片，或老人签名的授权书。"),
    ),
    lead="同住的家人不用登记，可以直接下单。",
    done="已提出。村（社区）会问过老人，老人同意以后您就可以替他（她）下单。",
)


@citizen
@at_most("searches_per_minute", per="user")
def family(request: HttpRequest) -> HttpResponse:
    """Whom I act for, and who asks to act for me."""
    access: Any = request.access  # type: ignore[attr-defined]
    me = access.user.person
    deeds = DeedForms(request, (REPRESENT,), me, me.region_id)
    if deeds.done():
        return redirect("portal:service_family")
    rows = Representative.objects.filter(agent=me) | Representative.objects.filter(elder=me)
    context = {
        "deeds": deeds, "back_url": reverse("portal:services"),
        "rows": [(one, one.agent_id == me.pk) for one in rows.select_related("agent", "elder").order_by("-pk")[:20]],
    }  # fmt: skip
    return render(request, "portal/services/family.html", context, status=422 if deeds.posted else 200)


@citizen
def representative(request: HttpRequest, pk: int) -> HttpResponse:
    """The elder says yes or no; either side ends it."""
    access: Any = request.access  # type: ignore[attr-defined]
    me = access.user.person_id
    mine = Representative.objects.filter(agent=me) | Representative.objects.filter(elder=me)
    one = get_object_or_404(mine.select_related("agent", "elder"), pk=pk)
    possible = []
    if one.ended_on is None:
        if one.elder_id == me and one.confirmed_on is None:
            possible.append(Deed("agree", "我同意", "", by_name(agree), done="已登记您的同意。"))
        title = "不再代办" if one.agent_id == me else "不同意，终止代办"
        end = by_name(end_representation)
        possible.append(Deed("end", title, "", end, questions=(REASON,), done="已终止。", danger=True))
    deeds = DeedForms(request, possible, one, one.region_id)
    if deeds.done():
        return redirect("portal:service_family")
    context = {
        "one": one,
        "deeds": deeds,
        "is_agent": one.agent_id == me,
        "back_url": reverse("portal:service_family"),
    }
    return render(
        request, "portal/services/representative.html", context, status=422 if deeds.posted else 200
    )
