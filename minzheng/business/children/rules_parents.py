"""父母的情形：哪些算“死亡或失踪”，哪些属于事实无人抚养儿童认定所列的情形（民发〔2019〕62号 一；民发〔2020〕125号）。

父亲、母亲各写一遍，规则文件里没有循环。没有查明的起始日、刑期、残疾等级是“未定”，绝不当作不符合。
"""

from minzheng.foundation.rules.words import full_months, person


@person("父亲死亡或失踪", cite="国办发〔2010〕54号；民发〔2019〕62号 一", since="2010-11-16")
def father_gone(father_state, child_gone_states):
    return father_state in child_gone_states


@person("父亲的残疾属于重残", cite="民发〔2019〕62号 一（一）", since="2020-01-01")
def father_severely_disabled(
    father_disability_grade,
    father_disability_type,
    child_parent_grades,
    child_parent_wider_grades,
    child_parent_wider_types,
):
    return father_disability_grade in child_parent_grades or (
        father_disability_grade in child_parent_wider_grades
        and father_disability_type in child_parent_wider_types
    )


@person("父亲被限制人身自由的期限够长", cite="民发〔2019〕62号 一（期限在六个月以上）", since="2020-01-01")
def father_confined_long(father_term_months, child_parent_term_months):
    return father_term_months >= child_parent_term_months


@person(
    "父亲失联够久并经查找",
    cite="民发〔2019〕62号 一；民发〔2020〕125号（失联六个月以上）",
    since="2020-01-01",
)
def father_lost_long(
    father_since,
    father_search_since,
    father_loss_proved,
    on,
    child_parent_lost_months,
    child_parent_search_months,
):
    return full_months(father_since, on) >= child_parent_lost_months and (
        father_loss_proved or full_months(father_search_since, on) >= child_parent_search_months
    )


@person("父亲属于所列情形", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def father_listed(
    father_state,
    child_listed_states,
    child_plain_states,
    child_confined_states,
    father_severely_disabled,
    father_illness_listed,
    father_confined_long,
    father_lost_long,
    father_caring,
):
    return father_state in child_listed_states and (
        father_state in child_plain_states
        or (father_state == "重残" and father_severely_disabled)
        or (father_state == "重病" and father_illness_listed)
        or (father_state in child_confined_states and father_confined_long)
        or (father_state == "失联" and father_lost_long)
        or (father_state == "被遣送（驱逐）出境" and not father_caring)
    )


@person("父亲不属于所列情形", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def reason_father_not_listed(father_state, child_gone_states, child_listed_states):
    return father_state not in child_gone_states and father_state not in child_listed_states


@person("父亲的残疾等级或类别不够重残", cite="民发〔2019〕62号 一（一）", since="2020-01-01")
def reason_father_grade(father_state, father_severely_disabled):
    return father_state == "重残" and not father_severely_disabled


@person("父亲所患疾病不在当地重病目录", cite="民发〔2019〕62号 一（由各地定）", since="2020-01-01")
def reason_father_illness(father_state, father_illness_listed):
    return father_state == "重病" and not father_illness_listed


@person(
    "父亲被限制人身自由的期限不满规定时间", cite="民发〔2019〕62号 一（期限在六个月以上）", since="2020-01-01"
)
def reason_father_term(father_state, child_confined_states, father_confined_long):
    return father_state in child_confined_states and not father_confined_long


@person("父亲失联或公安查找不满规定时间", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def reason_father_lost(father_state, father_lost_long):
    return father_state == "失联" and not father_lost_long


@person("父亲虽被遣送（驱逐）出境，仍在履行抚养责任", cite="民发〔2020〕125号", since="2021-01-01")
def reason_father_caring(father_state, father_caring):
    return father_state == "被遣送（驱逐）出境" and father_caring


@person("母亲死亡或失踪", cite="国办发〔2010〕54号；民发〔2019〕62号 一", since="2010-11-16")
def mother_gone(mother_state, child_gone_states):
    return mother_state in child_gone_states


@person("母亲的残疾属于重残", cite="民发〔2019〕62号 一（一）", since="2020-01-01")
def mother_severely_disabled(
    mother_disability_grade,
    mother_disability_type,
    child_parent_grades,
    child_parent_wider_grades,
    child_parent_wider_types,
):
    return mother_disability_grade in child_parent_grades or (
        mother_disability_grade in child_parent_wider_grades
        and mother_disability_type in child_parent_wider_types
    )


@person("母亲被限制人身自由的期限够长", cite="民发〔2019〕62号 一（期限在六个月以上）", since="2020-01-01")
def mother_confined_long(mother_term_months, child_parent_term_months):
    return mother_term_months >= child_parent_term_months


@person(
    "母亲失联够久并经查找",
    cite="民发〔2019〕62号 一；民发〔2020〕125号（失联六个月以上）",
    since="2020-01-01",
)
def mother_lost_long(
    mother_since,
    mother_search_since,
    mother_loss_proved,
    on,
    child_parent_lost_months,
    child_parent_search_months,
):
    return full_months(mother_since, on) >= child_parent_lost_months and (
        mother_loss_proved or full_months(mother_search_since, on) >= child_parent_search_months
    )


@person("母亲属于所列情形", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def mother_listed(
    mother_state,
    child_listed_states,
    child_plain_states,
    child_confined_states,
    mother_severely_disabled,
    mother_illness_listed,
    mother_confined_long,
    mother_lost_long,
    mother_caring,
):
    return mother_state in child_listed_states and (
        mother_state in child_plain_states
        or (mother_state == "重残" and mother_severely_disabled)
        or (mother_state == "重病" and mother_illness_listed)
        or (mother_state in child_confined_states and mother_confined_long)
        or (mother_state == "失联" and mother_lost_long)
        or (mother_state == "被遣送（驱逐）出境" and not mother_caring)
    )


@person("母亲不属于所列情形", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def reason_mother_not_listed(mother_state, child_gone_states, child_listed_states):
    return mother_state not in child_gone_states and mother_state not in child_listed_states


@person("母亲的残疾等级或类别不够重残", cite="民发〔2019〕62号 一（一）", since="2020-01-01")
def reason_mother_grade(mother_state, mother_severely_disabled):
    return mother_state == "重残" and not mother_severely_disabled


@person("母亲所患疾病不在当地重病目录", cite="民发〔2019〕62号 一（由各地定）", since="2020-01-01")
def reason_mother_illness(mother_state, mother_illness_listed):
    return mother_state == "重病" and not mother_illness_listed


@person(
    "母亲被限制人身自由的期限不满规定时间", cite="民发〔2019〕62号 一（期限在六个月以上）", since="2020-01-01"
)
def reason_mother_term(mother_state, child_confined_states, mother_confined_long):
    return mother_state in child_confined_states and not mother_confined_long


@person("母亲失联或公安查找不满规定时间", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def reason_mother_lost(mother_state, mother_lost_long):
    return mother_state == "失联" and not mother_lost_long


@person("母亲虽被遣送（驱逐）出境，仍在履行抚养责任", cite="民发〔2020〕125号", since="2021-01-01")
def reason_mother_caring(mother_state, mother_caring):
    return mother_state == "被遣送（驱逐）出境" and mother_caring
