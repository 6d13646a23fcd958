"""Service items for old people (handbook 11.3)."""

from minzheng.business.elderly.assessment.form import FORM as ASSESSMENT_FORM
from minzheng.business.elderly.assessment.steps import STEPS as ASSESSMENT_STEPS
from minzheng.business.elderly.forms import FORM
from minzheng.business.elderly.homecare.steps import CARE_BED
from minzheng.business.elderly.renovation.item import RENOVATION
from minzheng.business.elderly.support.items import CARE_SUBSIDY, CARE_VOUCHER
from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import notices, personal, total

__all__ = ["CARE_BED", "CARE_SUBSIDY", "CARE_VOUCHER", "RENOVATION"]

BY = "老年人权益保障法 第三十三条；各地规定"


def review_interval(case: object) -> str:
    """Alive or not, by comparing data."""
    return "elder_allowance_review_months"


E1 = ServiceItem(
    code="E1",
    covers=("S-078",),
    title="高龄津贴",
    icon="old",
    summary="满80周岁的老年人按月发给高龄津贴。到龄自动发放，不用申请；没有收到的可以在这里申请，补发有期限。",
    known_as="老龄补贴 老人钱 八十岁 80岁 九十岁 百岁",
    cite=BY,
    form=FORM,
    members="",
    eligibility=("elder_allowance",),
    amount="elder_allowance_amount",
    reasons=("reason_elder_allowance_age", "reason_elder_hukou", "reason_elder_excluded_status"),
    steps=personal(()),
    clocks=(total("elder_allowance_total_days", BY),),
    notices=notices("民老", BY),
    benefit="elder_allowance",
    review_after=review_interval,
)

BY_42195 = "GB/T 42195—2022 老年人能力评估规范"
E3 = ServiceItem(
    code="E3",
    covers=("S-079", "S-092"),
    title="老年人能力评估",
    icon="clipboard-check",
    summary="两名评估员上门，按国家标准评26项，得出能力等级。领取护理补贴、申请家庭养老床位、入住护理型床位前先评估。",
    known_as="失能评估 失能鉴定",
    cite=BY_42195,
    form=ASSESSMENT_FORM,
    members="",
    eligibility=("ability_assessed",),
    reasons=("reason_ability_dead",),
    steps=ASSESSMENT_STEPS,
    clocks=(
        Clock(
            key="total",
            title="办结",
            starts="accepted",
            stops=("granted", "withdrawn"),
            length="ability_total_days",
            unit=Unit.WORKDAYS,
            cite="各地评估办法",
        ),
    ),
    notices=(
        *tuple(
            kind
            for kind in notices("民老评", BY_42195)
            if kind.key in {"accepted", "correction", "not_accepted"}
        ),
        NoticeKind(
            key="ability_report",
            title="老年人能力评估报告",
            mark="民老评确",
            cite=BY_42195,
            shows=("applicant", "item", "number", "date", "place"),
        ),
    ),
)
