"""What orphans and unattended children are paid each month; to the end of the month of the 18th birthday (DC7)."""

from minzheng.business.children.doubts import parents_in_doubt
from minzheng.foundation.benefits.words import Benefit, Exclusion, SilentCertification, Start, Unit

BY_54 = "国办发〔2010〕54号"
BY_62 = "民发〔2019〕62号"
BY_43 = "民发〔2021〕43号 第九条"

ORPHAN = Benefit(
    code="orphan",
    title="孤儿基本生活费",
    item="C1",
    covers=("S-112",),
    unit=Unit.PERSON,
    amount="orphan_amount",
    start=Start.MONTH_AFTER_DECISION,
    cite=BY_54,
    programme="orphan",
    excludes=(Exclusion("tekun", BY_43), Exclusion("unattended", BY_62)),
    silent=SilentCertification(f"{BY_54}；{BY_62} 三（数据比对）", doubted=parents_in_doubt),
    ends_on=("death", "adoption"),
    until_age="adult_age",
    follows_hukou=True,
)
UNATTENDED = Benefit(
    code="unattended",
    title="事实无人抚养儿童基本生活补贴",
    item="C2",
    covers=("S-113", "S-114"),
    unit=Unit.PERSON,
    amount="unattended_amount",
    start=Start.MONTH_AFTER_DECISION,
    cite=BY_62,
    programme="unattended",
    silent=SilentCertification(f"{BY_62} 三；民发〔2020〕125号（数据比对）", doubted=parents_in_doubt),
    ends_on=("death", "adoption"),
    until_age="adult_age",
    follows_hukou=True,
)
STUDY_GRANT = Benefit(
    code="study_grant",
    title="孤儿、事实无人抚养儿童助学金",
    item="C5",
    covers=("S-115", "S-117"),
    unit=Unit.PERSON,
    amount="study_grant_amount",
    start=Start.MONTH_OF_DECISION,
    cite="福彩圆梦·孤儿助学工程实施办法；各地规定",
    programme="study_grant",
    ends_on=(),
    once=True,
)
TOMORROW = Benefit(
    code="tomorrow_plan",
    title="“明天计划”医疗康复费用（福彩公益金）",
    item="",
    covers=("S-116",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="“孤儿医疗康复明天计划”项目实施办法（2019）",
    programme="tomorrow_plan",
)
