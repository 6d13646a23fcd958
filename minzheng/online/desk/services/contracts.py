"""A new contract with a provider."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.forms import Question
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.contracts import sign_contract
from minzheng.foundation.services.words import ServiceKind
from minzheng.online.desk.payments.forms import counties_of
from minzheng.online.ui.deeds import Deed, DeedForms, by_name

CONTRACTS = ("购买服务合同", "/desk/registers/service-contracts/")


def _questions() -> tuple[Question, ...]:
    kinds = tuple((one.code, one.title) for one in shelf(ServiceKind))
    return (
        Question("number", "合同编号", max=40),
        Question("title", "名称", max=100, hint="如：2026年居家养老服务购买。"),
        Question("uscc", "承接单位的统一社会信用代码", min=18, max=24, hint="单位须先在单位台账登记。"),
        Question("kinds", "购买哪些服务", "choices", options=kinds),
        Question("since", "从哪天", "date"),
        Question("until", "到哪天（当天仍有效）", "date"),
        Question("amount_fen", "合同金额", "money", min=1, hint="结算不能超过它；变更另登记补充协议。"),
        Question("deliverables", "交付要求", "long_text", min=2, max=300),
    )


@permit("service.settle")
def new_contract(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    county = counties_of(access, "service.settle").first()
    sign = Deed(
        "sign", "登记合同", "service.settle", by_name(sign_contract), questions=_questions(),
        done="已登记。单位从起始日起可以接单。",
    )  # fmt: skip
    deeds = DeedForms(request, (sign,), county, county.code if county else "")
    if county is not None and deeds.done():
        return redirect("registers:list", "service-contracts")
    context = {"deeds": deeds, "county": county, "trail": [CONTRACTS, ("登记合同", "")]}
    return render(request, "desk/services/contract.html", context, status=422 if deeds.posted else 200)
