"""E2 in cash, and E2V as a monthly voucher."""

from minzheng.business.elderly.support.forms import CASH, VOUCHER
from minzheng.business.elderly.support.steps import VOUCHER_STEPS
from minzheng.foundation.items import NoticeKind, ServiceItem
from minzheng.foundation.items.usual import notices, personal, total

BY_CASH = "国发〔2024〕44号；各地养老服务补贴办法"
KEPT = {"accepted", "correction", "not_accepted", "refused"}
BY_VOUCHER = "民政部、财政部 向中度以上失能老年人发放养老服务消费补贴（2025）"


def review_interval(case: object) -> str:
    return "elder_care_review_months"


CARE_SUBSIDY = ServiceItem(
    code="E2",
    covers=("S-079",),
    title="养老服务（护理）补贴",
    icon="heart-handshake",
    summary="经济困难的失能老年人按能力等级按月发给补贴；已领残疾人护理补贴的，就高不就低。先做能力评估。",
    known_as="失能老人补贴 护理补贴",
    cite=BY_CASH,
    form=CASH,
    members="",
    eligibility=("elder_care",),
    amount="elder_care_amount",
    reasons=(
        "reason_elder_care_age",
        "reason_elder_hukou",
        "reason_elder_not_needy",
        "reason_elder_tekun",
        "reason_elder_grade",
        "reason_nursing_not_lower",
    ),
    steps=personal(()),
    clocks=(total("elder_care_total_days", BY_CASH),),
    notices=notices("民老补", BY_CASH),
    benefit="elder_care",
    review_after=review_interval,
)
CARE_VOUCHER = ServiceItem(
    code="E2V",
    covers=("S-079",),
    title="养老服务券",
    icon="ticket",
    summary="中度以上失能老年人每月的养老服务券，下单时抵扣，用不完的到期作废。先做能力评估。",
    known_as="养老券 消费券",
    cite=BY_VOUCHER,
    form=VOUCHER,
    members="",
    eligibility=("elder_voucher",),
    amount="elder_voucher_amount",
    reasons=("reason_elder_care_age", "reason_voucher_grade"),
    steps=VOUCHER_STEPS,
    clocks=(total("elder_care_total_days", BY_VOUCHER),),
    notices=(
        *(kind for kind in notices("民老券", BY_VOUCHER) if kind.key in KEPT),
        NoticeKind(
            key="voucher",
            title="养老服务券告知书",
            mark="民老券确",
            cite=BY_VOUCHER,
            shows=("applicant", "item", "number", "date", "place", "amount_fen"),
        ),
    ),
)
