"""明天计划：0至18周岁的孤儿，年满18周岁仍在校就读的孤儿（民政部“孤儿医疗康复明天计划”项目实施办法）。"""

from minzheng.foundation.rules.words import person


@person(
    "属于明天计划对象", cite="“孤儿医疗康复明天计划”项目实施办法（2019）；各地扩大范围", since="2019-03-01"
)
def tomorrow_recognised(recognised_as, tomorrow_groups):
    return recognised_as in tomorrow_groups


@person("未满18周岁，或仍在校就读", cite="“孤儿医疗康复明天计划”项目实施办法（2019）", since="2019-03-01")
def tomorrow_age(years_old, adult_age, enrolled):
    return years_old < adult_age or enrolled


@person("符合明天计划", cite="“孤儿医疗康复明天计划”项目实施办法（2019）", since="2019-03-01", result=True)
def tomorrow_plan(alive, tomorrow_recognised, tomorrow_age, tomorrow_running):
    return alive and tomorrow_recognised and tomorrow_age and not tomorrow_running


@person("没有孤儿的认定", cite="“孤儿医疗康复明天计划”项目实施办法（2019）", since="2019-03-01")
def reason_tomorrow_recognised(tomorrow_recognised):
    return not tomorrow_recognised


@person("已满18周岁，也不在校就读", cite="“孤儿医疗康复明天计划”项目实施办法（2019）", since="2019-03-01")
def reason_tomorrow_age(tomorrow_age):
    return not tomorrow_age


@person("上一次治疗还没有结束", cite="“孤儿医疗康复明天计划”项目实施办法（2019）", since="2019-03-01")
def reason_tomorrow_running(tomorrow_running):
    return tomorrow_running
