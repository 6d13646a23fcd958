"""E8, put together."""

from minzheng.business.elderly.renovation.steps import BY, STEPS
from minzheng.business.elderly.renovation.works import recall
from minzheng.business.elderly.support.forms import CONTACT, PROMISE
from minzheng.foundation.calendar import Unit
from minzheng.foundation.forms import Form, Section
from minzheng.foundation.items import NoticeKind, ServiceItem
from minzheng.foundation.items.usual import notices, total

RENOVATION = ServiceItem(
    code="E8",
    covers=("S-106",),
    title="适老化改造",
    icon="tools",
    summary="为经济困难、失能、重度残疾老人的家装扶手、铺防滑、配辅具。先上门看，方案定了再施工，一户一次，不用先垫钱。",
    known_as="装扶手 改造卫生间 居家改造",
    cite=BY,
    form=Form((Section("contact", "联系方式", CONTACT), PROMISE)),
    members="",
    eligibility=("renovation",),
    reasons=("reason_elder_care_age", "reason_renovation_group", "reason_home_renovated"),
    recalls=recall,
    steps=STEPS,
    clocks=(total("renovation_total_days", BY, Unit.DAYS, "完工验收"),),
    notices=(
        *(k for k in notices("民老改", BY) if k.key in {"accepted", "correction", "not_accepted", "refused"}),
        NoticeKind(
            key="renovation",
            title="适老化改造完工确认书",
            mark="民老改完",
            cite=BY,
            shows=("applicant", "item", "number", "date", "place"),
        ),
    ),
)
