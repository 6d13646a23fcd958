"""困难残疾人生活补贴和重度残疾人护理补贴：谁符合条件，每月多少钱，为什么不符合。

两项补贴可以同时享受。已领特困供养、工伤生活护理费的，两项都不发；孤儿、按全额领取事实无人抚养儿童补贴的，
不发生活补贴，符合条件的仍发护理补贴；护理补贴与老年护理类补贴就高不就低。本文件的条款号均待核。
"""

from minzheng.foundation.rules.words import person


@person("有有效的残疾人证", cite="国发〔2015〕52号 二", since="2016-01-01")
def certified(disability_grade):
    return disability_grade != "无"


@person("不在当地规定停发补贴的状态", cite="各省规定（标准 subsidy_excluded_statuses）", since="2016-01-01")
def subsidy_status_allowed(custody_status, subsidy_excluded_statuses):
    return custody_status not in subsidy_excluded_statuses


@person("没有特困供养或工伤生活护理费", cite="国发〔2015〕52号 二（三）", since="2016-01-01")
def no_other_care(on_tekun, work_injury_care):
    return not on_tekun and not work_injury_care


@person(
    "没有孤儿或事实无人抚养儿童全额保障",
    cite="国发〔2015〕52号 二（三）；民发〔2019〕62号",
    since="2016-01-01",
)
def no_child_benefit(on_orphan, on_unattended_full):
    return not on_orphan and not on_unattended_full


@person("困难残疾人生活补贴对象范围", cite="国发〔2015〕52号 二（一）", since="2016-01-01")
def living_subsidy_family(on_dibao, on_edge, living_subsidy_for_edge):
    return on_dibao or (on_edge and living_subsidy_for_edge)


@person(
    "符合困难残疾人生活补贴", cite="国发〔2015〕52号 二；民发〔2019〕62号", since="2016-01-01", result=True
)
def living_subsidy(
    alive, certified, living_subsidy_family, no_other_care, no_child_benefit, subsidy_status_allowed
):
    return (
        alive
        and certified
        and living_subsidy_family
        and no_other_care
        and no_child_benefit
        and subsidy_status_allowed
    )


@person("困难残疾人生活补贴金额", cite="国发〔2015〕52号 三；各省标准", since="2016-01-01", result=True)
def living_subsidy_amount(living_subsidy, living_subsidy_standard):
    return living_subsidy_standard if living_subsidy else 0


@person("护理补贴的残疾等级范围", cite="国发〔2015〕52号 二（二）；各省规定", since="2016-01-01")
def nursing_grade(
    disability_grade, disability_type, nursing_grades, nursing_wider_grades, nursing_wider_types
):
    return disability_grade in nursing_grades or (
        disability_grade in nursing_wider_grades and disability_type in nursing_wider_types
    )


@person("需要长期照护", cite="国发〔2015〕52号 二（二）", since="2016-01-01")
def needs_long_care(care_months, nursing_care_months):
    return care_months >= nursing_care_months


@person("领取的老年护理类补贴低于护理补贴", cite="国发〔2015〕52号 二（三）", since="2016-01-01")
def elder_care_is_lower(elder_care_subsidy, nursing_subsidy_standard):
    return elder_care_subsidy < nursing_subsidy_standard


@person("符合重度残疾人护理补贴", cite="国发〔2015〕52号 二", since="2016-01-01", result=True)
def nursing_subsidy(
    alive, nursing_grade, needs_long_care, no_other_care, elder_care_is_lower, subsidy_status_allowed
):
    return (
        alive
        and nursing_grade
        and needs_long_care
        and no_other_care
        and elder_care_is_lower
        and subsidy_status_allowed
    )


@person("重度残疾人护理补贴金额", cite="国发〔2015〕52号 三；各省标准", since="2016-01-01", result=True)
def nursing_subsidy_amount(nursing_subsidy, nursing_subsidy_standard):
    return nursing_subsidy_standard if nursing_subsidy else 0


@person("没有有效的残疾人证", cite="国发〔2015〕52号 二", since="2016-01-01")
def reason_not_certified(certified):
    return not certified


@person("不属于最低生活保障家庭", cite="国发〔2015〕52号 二（一）", since="2016-01-01")
def reason_living_family(living_subsidy_family):
    return not living_subsidy_family


@person("已纳入特困人员救助供养", cite="国发〔2015〕52号 二（三）", since="2016-01-01")
def reason_on_tekun(on_tekun):
    return on_tekun


@person("领取工伤保险生活护理费", cite="国发〔2015〕52号 二（三）", since="2016-01-01")
def reason_work_injury_care(work_injury_care):
    return work_injury_care


@person("已享受孤儿基本生活保障", cite="国发〔2015〕52号 二（三）", since="2016-01-01")
def reason_on_orphan(on_orphan):
    return on_orphan


@person("已按全额领取事实无人抚养儿童补贴", cite="民发〔2019〕62号 二", since="2019-06-18")
def reason_on_unattended_full(on_unattended_full):
    return on_unattended_full


@person("处于当地规定不发补贴的状态", cite="各省规定（标准 subsidy_excluded_statuses）", since="2016-01-01")
def reason_subsidy_excluded_status(subsidy_status_allowed):
    return not subsidy_status_allowed


@person("残疾类别、等级不在护理补贴范围", cite="国发〔2015〕52号 二（二）", since="2016-01-01")
def reason_nursing_grade(nursing_grade):
    return not nursing_grade


@person("需要长期照护不满规定时间", cite="国发〔2015〕52号 二（二）", since="2016-01-01")
def reason_no_long_care(needs_long_care):
    return not needs_long_care


@person(
    "已领取的老年护理类补贴不低于护理补贴（就高不就低）", cite="国发〔2015〕52号 二（三）", since="2016-01-01"
)
def reason_elder_care_higher(elder_care_is_lower):
    return not elder_care_is_lower
