"""Service items for disabled persons (handbook 11.2)."""

from minzheng.business.disability.clocks import CLOCKS
from minzheng.business.disability.forms import LIVING_FORM, NURSING_FORM, VERIFIED_CARE
from minzheng.business.disability.rehab.item import D3
from minzheng.business.disability.steps import FEDERATION, subsidy_notices
from minzheng.foundation.items import Material, ServiceItem
from minzheng.foundation.items.usual import personal

__all__ = ["D1", "D2", "D3"]

BY = "国发〔2015〕52号；民发〔2021〕70号"
CERTIFICATE = Material(
    key="certificate",
    title="残疾人证（台账上已有的不用交）",
    why="跨省或新办的证件还没有联网时才需要",
    required=False,
)


def review_interval(case: object) -> str:
    """Yearly, by comparing data (国发〔2015〕52号)."""
    return "subsidy_review_months"


D1 = ServiceItem(
    code="D1",
    covers=("S-133",),
    title="困难残疾人生活补贴",
    icon="wheelchair",
    summary="低保家庭中的残疾人，从申请当月起按月发给生活补贴；在居住地也可以申请。",
    known_as="残疾补贴 残补 两项补贴",
    cite=BY,
    form=LIVING_FORM,
    materials=(CERTIFICATE,),
    members="",
    eligibility=("living_subsidy",),
    amount="living_subsidy_amount",
    reasons=(
        "reason_not_certified",
        "reason_living_family",
        "reason_on_tekun",
        "reason_work_injury_care",
        "reason_on_orphan",
        "reason_on_unattended_full",
        "reason_subsidy_excluded_status",
    ),
    steps=personal((), compared=FEDERATION, is_passed_on=True),
    clocks=CLOCKS,
    notices=subsidy_notices("民残生"),
    benefit="living_subsidy",
    review_after=review_interval,
)
D2 = ServiceItem(
    code="D2",
    covers=("S-134",),
    title="重度残疾人护理补贴",
    icon="heart-handshake",
    summary="残疾等级为一级、二级并需要长期照护的残疾人，从申请当月起按月发给护理补贴；在居住地也可以申请。",
    known_as="残疾补贴 护理补贴 两项补贴",
    cite=BY,
    form=NURSING_FORM,
    materials=(CERTIFICATE,),
    members="",
    eligibility=("nursing_subsidy",),
    amount="nursing_subsidy_amount",
    reasons=(
        "reason_nursing_grade",
        "reason_no_long_care",
        "reason_on_tekun",
        "reason_work_injury_care",
        "reason_elder_care_higher",
        "reason_subsidy_excluded_status",
    ),
    steps=personal(VERIFIED_CARE, compared=FEDERATION, is_passed_on=True),
    clocks=CLOCKS,
    notices=subsidy_notices("民残护"),
    benefit="nursing_subsidy",
    review_after=review_interval,
)
