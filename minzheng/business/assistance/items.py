"""Service items of social assistance (handbook 11.1)."""

from typing import Any

from minzheng.business.assistance.dibao.clocks import CLOCKS
from minzheng.business.assistance.dibao.form import FORM
from minzheng.business.assistance.dibao.notices import NOTICES
from minzheng.business.assistance.dibao.steps import STEPS
from minzheng.foundation.items import Material, ServiceItem


def review_interval(case: Any) -> str:
    """Half-yearly where somebody can work and the income comes and goes, else yearly (民发〔2021〕57号)."""
    members = (case.assessment or {}).get("facts", {}).get("members", [])
    irregular = any(
        member.get("labour_ability") in ("有", "部分")
        and (member.get("wage") or member.get("business_income"))
        for member in members
    )
    return "review_months_irregular" if irregular else "review_months_stable"


A1 = ServiceItem(
    code="A1",
    covers=("S-031", "S-039"),
    title="最低生活保障",
    summary="家庭人均收入低于当地低保标准、财产符合规定的，按月发给最低生活保障金。",
    cite="社会救助法；民发〔2021〕57号",
    form=FORM,
    materials=(
        Material(
            key="application_signature",
            title="申请人签名（网上申请以登录确认代替）",
            why="确认申请是本人意愿",
            required=False,
        ),
        Material(
            key="illness_proof", title="近期诊断证明", why="外省就医记录无法联网核对时才需要", required=False
        ),
        Material(
            key="support_agreement",
            title="赡养、抚养费判决书或协议",
            why="法院文书未联网时才需要",
            required=False,
        ),
    ),
    eligibility=("dibao", "has_single"),
    amount="monthly_payment",
    steps=STEPS,
    clocks=CLOCKS,
    notices=NOTICES,
    benefit="dibao",
    delegation="dibao_delegated",
    review_after=review_interval,
)
