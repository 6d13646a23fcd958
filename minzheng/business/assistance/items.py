"""Service items of social assistance (handbook 11.1)."""

from typing import Any

from minzheng.business.assistance.dibao.clocks import CLOCKS
from minzheng.business.assistance.dibao.form import FORM
from minzheng.business.assistance.dibao.notices import NOTICES
from minzheng.business.assistance.dibao.steps import STEPS
from minzheng.business.assistance.labels.item import A2, A3
from minzheng.business.assistance.tekun.item import A4
from minzheng.business.assistance.temporary import emergency, spending
from minzheng.business.assistance.temporary.form import EMERGENCY_FORM, SPENDING_FORM
from minzheng.business.assistance.temporary.notices import ALWAYS, PUBLICITY
from minzheng.business.assistance.temporary.recall import recalls
from minzheng.foundation.items import Material, ServiceItem

__all__ = ["A1", "A2", "A3", "A4", "A6", "A7"]


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
    known_as="低保 低保户 吃低保 生活困难",
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

A6 = ServiceItem(
    code="A6",
    covers=("S-045",),
    title="临时救助（急难型）",
    icon="ambulance",
    summary="突然遭遇火灾、事故、重病等急难，在发生地就能申请，不看户籍。先救助，材料以后再补。",
    known_as="急难救助 临时困难 火灾 车祸 救急",
    cite="社会救助法 第二十九条、第五十条；国发〔2014〕47号；民发〔2018〕23号",
    form=EMERGENCY_FORM,
    materials=(
        Material(
            key="event_proof",
            title="能说明情况的材料（有就带来）",
            why="火灾、事故认定等材料来自其他部门，没有的先救助、以后补",
            required=False,
        ),
    ),
    members="",
    eligibility=("emergency",),
    amount="emergency_amount",
    reasons=("reason_emergency_dead", "reason_not_emergency", "reason_emergency_repeated"),
    rules="rules_emergency.py",
    recalls=recalls("emergency"),
    once=True,
    steps=emergency.STEPS,
    clocks=emergency.CLOCKS,
    notices=ALWAYS,
)
A7 = ServiceItem(
    code="A7",
    covers=("S-045",),
    title="临时救助（支出型）",
    icon="receipt",
    summary="看病、上学等必需支出突然增加，超出家庭承受能力的，核对家庭经济状况后给予一次性救助。",
    known_as="看病花钱多 大病 学费 临时困难",
    cite="社会救助法 第二十九条；国发〔2014〕47号；民发〔2018〕23号",
    form=SPENDING_FORM,
    materials=(
        Material(
            key="receipts",
            title="近12个月大额支出的票据",
            why="医保结算以外的自费支出和学费没有联网，无法由系统查",
        ),
    ),
    eligibility=("spending_help",),
    amount="spending_amount",
    reasons=(
        "reason_spending_income",
        "reason_spending_property",
        "reason_spending_light",
        "reason_spending_repeated",
    ),
    rules="rules_spending.py",
    recalls=recalls("spending"),
    once=True,
    delegated_up_to="temporary_township_cap",
    steps=spending.STEPS,
    clocks=spending.CLOCKS,
    notices=(*ALWAYS, PUBLICITY),
)
