"""Service items for children (handbook 11.2). Nobody is posted in public: no list of these children is ever hung out."""

from minzheng.business.children import study
from minzheng.business.children.clocks import ORPHAN, UNATTENDED
from minzheng.business.children.forms import (
    ORPHAN_FORM,
    UNATTENDED_FORM,
    VERIFIED_ORPHAN,
    VERIFIED_PARENTS,
)
from minzheng.business.children.parents import keep_parents
from minzheng.business.children.tomorrow.item import C6
from minzheng.foundation.items import Material, NoticeKind, ServiceItem
from minzheng.foundation.items.usual import notices, personal

__all__ = ["C1", "C2", "C5", "C6"]

BY_54 = "国办发〔2010〕54号"
BY_62 = "民发〔2019〕62号；民发〔2020〕125号"
OF_PARENTS = tuple(
    f"reason_{side}_{what}"
    for side in ("father", "mother")
    for what in ("not_listed", "grade", "illness", "term", "lost", "caring")
)
PROOF = Material(
    key="parents_proof",
    title="父母情况的证明（死亡、判决、失踪、查找回执等）",
    why="外省或没有联网的部门才需要；系统查得到的不用交",
    required=False,
)


def review_interval(case: object) -> str:
    """Half-yearly, by comparing data; in between whatever happens to a parent opens a review at once."""
    return "child_review_months"


def child_notices(mark: str, cite: str) -> tuple[NoticeKind, ...]:
    """The usual ones, and the paper that goes with an application passed on to the place of the hukou."""
    passed_on = NoticeKind(
        key="transferred",
        title="转送户籍地告知单",
        mark=f"{mark}转",
        cite=cite,
        shows=("applicant", "item", "number", "date", "place", "due"),
    )
    return (*notices(mark, cite), passed_on)


C1 = ServiceItem(
    code="C1",
    covers=("S-112",),
    title="孤儿基本生活保障",
    icon="heart-handshake",
    summary="失去父母或查找不到生父母的未满18周岁儿童，确认的次月起按月发给基本生活费；在居住地也可以申请。",
    known_as="孤儿补助 没有父母",
    cite=BY_54,
    form=ORPHAN_FORM,
    materials=(PROOF,),
    members="",
    eligibility=("orphan",),
    amount="orphan_amount",
    reasons=("reason_child_adult", "reason_orphan_parents", "reason_child_adopted"),
    steps=personal(VERIFIED_ORPHAN, is_passed_on=True),
    clocks=ORPHAN,
    notices=child_notices("民孤", BY_54),
    benefit="orphan",
    keeps=keep_parents,
    review_after=review_interval,
)
C2 = ServiceItem(
    code="C2",
    covers=("S-113",),
    title="事实无人抚养儿童基本生活补贴",
    icon="heart-handshake",
    summary="父母都不能抚养（重残、重病、服刑、失联等）的未满18周岁儿童，确认的次月起按月补足到标准；不公示。",
    known_as="事实孤儿 父母坐牢 父母失踪",
    cite=BY_62,
    form=UNATTENDED_FORM,
    materials=(PROOF,),
    members="",
    eligibility=("unattended",),
    amount="unattended_amount",
    reasons=(
        "reason_child_adult",
        "reason_child_adopted",
        "reason_unattended_orphan",
        "reason_unattended_covered",
        *OF_PARENTS,
    ),
    steps=personal(VERIFIED_PARENTS, is_passed_on=True),
    clocks=UNATTENDED,
    notices=child_notices("民困童", BY_62),
    benefit="unattended",
    keeps=keep_parents,
    review_after=review_interval,
)
C5 = ServiceItem(
    code="C5",
    covers=("S-115", "S-117"),
    title="孤儿、事实无人抚养儿童助学",
    icon="school",
    summary="成年以后继续上中职、大学的孤儿和事实无人抚养儿童，每学年发一次助学金，每年核实在读。",
    known_as="孤儿上大学 学费 助学金",
    cite=study.CITE,
    form=study.FORM,
    materials=(study.ENROLMENT,),
    members="",
    eligibility=("study_grant",),
    amount="study_grant_amount",
    reasons=(
        "reason_study_recognised",
        "reason_study_age",
        "reason_study_stage",
        "reason_study_not_enrolled",
        "reason_study_granted",
    ),
    steps=study.STEPS,
    clocks=study.CLOCKS,
    notices=notices("民助学", study.CITE),
    once=True,
    benefit="study_grant",
    recalls=study.granted_this_year,
)
