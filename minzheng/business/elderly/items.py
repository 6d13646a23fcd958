"""Service items for old people (handbook 11.3)."""

from minzheng.business.elderly.forms import FORM
from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock, ServiceItem
from minzheng.foundation.items.usual import notices, personal

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
    cite=BY,
    form=FORM,
    members="",
    eligibility=("elder_allowance",),
    amount="elder_allowance_amount",
    reasons=("reason_elder_allowance_age", "reason_elder_hukou", "reason_elder_excluded_status"),
    steps=personal(()),
    clocks=(
        Clock(
            key="total",
            title="办结",
            starts="accepted",
            stops=("granted", "refused", "withdrawn"),
            length="elder_allowance_total_days",
            unit=Unit.WORKDAYS,
            cite=BY,
        ),
    ),
    notices=notices("民老", BY),
    benefit="elder_allowance",
    review_after=review_interval,
)
