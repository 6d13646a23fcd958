"""助学金：曾被认定为孤儿、事实无人抚养儿童，成年后继续上学的，每学年一份（福彩圆梦·孤儿助学工程；各地规定）。"""

from minzheng.foundation.rules.words import person


@person("属于助学对象", cite="福彩圆梦·孤儿助学工程实施办法；各地规定", since="2019-09-01")
def study_recognised(recognised_as):
    return recognised_as != "无"


@person("到了助学年龄", cite="福彩圆梦·孤儿助学工程实施办法", since="2019-09-01")
def study_of_age(years_old, study_age):
    return years_old >= study_age


@person("学段在助学范围", cite="福彩圆梦·孤儿助学工程实施办法；各地规定", since="2019-09-01")
def study_stage(recognised_as, education, study_stages_orphan, study_stages_unattended):
    return (
        education in study_stages_orphan
        if recognised_as == "孤儿"
        else recognised_as != "无" and education in study_stages_unattended
    )


@person("符合助学金", cite="福彩圆梦·孤儿助学工程实施办法；各地规定", since="2019-09-01", result=True)
def study_grant(alive, study_recognised, study_of_age, study_stage, enrolled, study_granted):
    return alive and study_recognised and study_of_age and study_stage and enrolled and not study_granted


@person("本学年助学金标准", cite="福彩圆梦·孤儿助学工程实施办法；各地标准", since="2019-09-01")
def study_standard(
    recognised_as, education, study_school_stages, study_grant_orphan, study_grant_school, study_grant_college
):
    return (
        study_grant_orphan
        if recognised_as == "孤儿"
        else study_grant_school
        if education in study_school_stages
        else study_grant_college
    )


@person("助学金", cite="福彩圆梦·孤儿助学工程实施办法；各地标准", since="2019-09-01", result=True)
def study_grant_amount(study_grant, study_standard):
    return study_standard if study_grant else 0


@person("没有孤儿或事实无人抚养儿童的认定", cite="福彩圆梦·孤儿助学工程实施办法", since="2019-09-01")
def reason_study_recognised(study_recognised):
    return not study_recognised


@person("未满18周岁，由孤儿、事实无人抚养儿童保障", cite="福彩圆梦·孤儿助学工程实施办法", since="2019-09-01")
def reason_study_age(study_of_age):
    return not study_of_age


@person("学段不在助学范围", cite="福彩圆梦·孤儿助学工程实施办法；各地规定", since="2019-09-01")
def reason_study_stage(study_stage):
    return not study_stage


@person("本学年没有在校就读", cite="福彩圆梦·孤儿助学工程实施办法（每学年核实在读证明）", since="2019-09-01")
def reason_study_not_enrolled(enrolled):
    return not enrolled


@person("本学年已经发过助学金", cite="福彩圆梦·孤儿助学工程实施办法（每学年一份）", since="2019-09-01")
def reason_study_granted(study_granted):
    return study_granted
