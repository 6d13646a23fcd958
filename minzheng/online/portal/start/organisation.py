"""Applying for an organisation: for which one, and for which of its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.drafts import open_case
from minzheng.foundation.cases.models import Case, Channel, Outcome
from minzheng.foundation.cases.whose import whose
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.forms import Question
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf


@dataclass(frozen=True)
class Choice:
    organisation: Organisation
    facility: Facility | None = None

    @property
    def key(self) -> str:
        return f"{self.organisation.pk}-{self.facility.pk if self.facility else ''}"

    @property
    def title(self) -> str:
        """晃洲养老院（福寿养老服务中心）"""
        return (
            f"{self.facility.name}（{self.organisation.name}）" if self.facility else self.organisation.name
        )

    @property
    def region(self) -> Region:
        return self.facility.region if self.facility else self.organisation.region


def choices_of(access: Access, item: ServiceItem) -> list[Choice]:
    """What the account may apply for: each open place of the item's kind, or each organisation itself."""
    if not item.about:
        own = Organisation.objects.filter(pk__in=access.organisations, ended_on=None).select_related("region")
        return [Choice(one) for one in own.order_by("name")]
    places = access.own(Facility.objects.filter(kind=item.about, closed_on=None))
    return [
        Choice(one.organisation, one)
        for one in places.select_related("organisation", "region").order_by("name")
        if one.organisation is not None
    ]


def question_of(item: ServiceItem, choices: Mapping[str, Choice]) -> Question:
    options = tuple((key, one.title) for key, one in choices.items())
    label = f"为哪一处{shelf(FacilityKind).get(item.about).title}申请？" if item.about else "为哪个单位申请？"
    return Question("whose", label, "choice", options=options)


def open_chosen(request: HttpRequest, item: ServiceItem, chosen: Choice) -> HttpResponse:
    """The draft, begun with what was handed in last time; one that is on its way is shown instead of a second one."""
    access: Access = request.access  # type: ignore[attr-defined]
    who = whose(chosen.organisation, chosen.facility)
    try:
        case = open_case(
            access,
            item.code,
            chosen.organisation,
            chosen.region,
            Channel.PORTAL,
            _last_time(item, who),
            facility=chosen.facility,
        )
    except Refused as refusal:
        going_on = Case.objects.filter(item=item.code, closed_on=None, **who).first()
        if going_on is None:
            raise
        context = {"item": item, "case": going_on, "refusal": refusal.messages}
        return render(request, "portal/start/already.html", context)
    return redirect("portal:tasks", case.number)


def _last_time(item: ServiceItem, who: dict[str, Any]) -> dict[str, Any]:
    """A filing that is renewed says mostly the same; what is promised is promised anew."""
    before = Case.objects.filter(Q(**who), item=item.code, outcome=Outcome.GRANTED).order_by("-pk").first()
    if before is None:
        return {}
    asked = before.service_item.form.questions
    anew = {key for key, question in asked.items() if question.kind == "agree" or question.is_file}
    return {key: value for key, value in before.data.items() if key not in anew}
