"""高龄津贴：到年龄就发，不用申请；每月多少钱，按年龄段。

各地的年龄段、金额、户籍要求都是标准。没有设立某一段的地方，那一段的金额不写，结论就是“未定”而不是“没有”。
"""

from minzheng.foundation.rules.words import person


@person("达到高龄津贴年龄", cite="老年人权益保障法 第三十三条；各地规定", since="2013-07-01")
def elder_allowance_age(years_old, elder_allowance_first_age):
    return years_old >= elder_allowance_first_age


@person(
    "不能领取高龄津贴的状态", cite="各地规定（标准 elder_allowance_excluded_statuses）", since="2013-07-01"
)
def elder_allowance_status_allowed(custody_status, elder_allowance_excluded_statuses):
    return custody_status not in elder_allowance_excluded_statuses


@person("户籍在本地", cite="各地规定", since="2013-07-01")
def elder_hukou_here(hukou_elsewhere):
    return not hukou_elsewhere


@person("符合高龄津贴", cite="老年人权益保障法 第三十三条；各地规定", since="2013-07-01", result=True)
def elder_allowance(alive, elder_allowance_age, elder_hukou_here, elder_allowance_status_allowed):
    return alive and elder_allowance_age and elder_hukou_here and elder_allowance_status_allowed


@person("高龄津贴年龄段标准", cite="各地规定（标准 elder_allowance_*）", since="2013-07-01")
def elder_allowance_band(
    years_old,
    elder_allowance_second_age,
    elder_allowance_third_age,
    elder_allowance_first,
    elder_allowance_second,
    elder_allowance_third,
):
    return (
        elder_allowance_third
        if years_old >= elder_allowance_third_age
        else elder_allowance_second
        if years_old >= elder_allowance_second_age
        else elder_allowance_first
    )


@person("高龄津贴金额", cite="各地规定（标准 elder_allowance_*）", since="2013-07-01", result=True)
def elder_allowance_amount(elder_allowance, elder_allowance_band):
    return elder_allowance_band if elder_allowance else 0


@person("未到高龄津贴年龄", cite="老年人权益保障法 第三十三条；各地规定", since="2013-07-01")
def reason_elder_allowance_age(elder_allowance_age):
    return not elder_allowance_age


@person("户籍不在本地，应在户籍地领取", cite="各地规定", since="2013-07-01")
def reason_elder_hukou(elder_hukou_here):
    return not elder_hukou_here


@person(
    "处于当地规定不发津贴的状态",
    cite="各地规定（标准 elder_allowance_excluded_statuses）",
    since="2013-07-01",
)
def reason_elder_excluded_status(elder_allowance_status_allowed):
    return not elder_allowance_status_allowed
