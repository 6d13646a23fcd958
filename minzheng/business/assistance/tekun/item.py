"""A4 特困人员认定, with A5 自理能力复核 on the same case (handbook 11.1)."""

from __future__ import annotations

from typing import Any

from minzheng.business.assistance.tekun.apply import APPLY_STEPS
from minzheng.business.assistance.tekun.clocks import BY_43, CLOCKS
from minzheng.business.assistance.tekun.form import FORM
from minzheng.business.assistance.tekun.keep import KEEP_STEPS
from minzheng.business.assistance.tekun.notices import NOTICES
from minzheng.foundation.items import Material, ServiceItem, Status, Step
from minzheng.foundation.items.usual import CLOSINGS, HELPER, telling


def review_interval(case: Any) -> str:
    """Yearly (43号)."""
    return "tekun_review_months"


def reassessed(case: Any) -> Any:
    """The day of the re-assessment (A5): imported late, since items are read without a database, too."""
    from minzheng.business.assistance.tekun.actions import reassessed_on

    return reassessed_on(case)


A4 = ServiceItem(
    code="A4",
    covers=("S-040", "S-041"),
    title="特困人员认定",
    icon="heart-handshake",
    summary="没有劳动能力、没有生活来源、没有人赡养抚养的老年人、残疾人和未成年人，由国家供养；生活不能自理的另发照料护理费。",
    known_as="五保 五保户 孤寡老人",
    cite=f"社会救助法；{BY_43}；国发〔2016〕14号",
    form=FORM,
    materials=(
        Material(
            key="declaration",
            title="书面声明（网上申请以登录确认代替）",
            why="说明劳动能力、生活来源和义务人的情况",
            required=False,
        ),
        Material(
            key="disability_card",
            title="残疾人证（台账上已有的不用交）",
            why="跨省或新办的证件还没有联网时才需要",
            required=False,
        ),
    ),
    members="",
    eligibility=("tekun",),
    amount="tekun_amount",
    reasons=(
        "reason_tekun_labour",
        "reason_tekun_income",
        "reason_tekun_property",
        "reason_tekun_supported",
        "reason_tekun_child",
        "reason_tekun_absent",
    ),
    rules="rules_tekun.py",
    steps=(
        *APPLY_STEPS,
        telling(HELPER),
        Step(key="refused", title="不予确认", status=Status.REFUSED),
        *CLOSINGS,
        *KEEP_STEPS,
        Step(key="ended", title="已终止", status=Status.ENDED),
    ),
    clocks=CLOCKS,
    notices=NOTICES,
    benefit="tekun",
    grade="分散供养",
    changes_from=reassessed,
    review_after=review_interval,
)
