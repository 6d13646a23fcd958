"""养老服务补贴、养老服务券、家庭养老床位、适老化改造：谁可以、多少钱、为什么不可以。

没有有效的能力评估，能力等级就是未知，结论就是未定，先做评估。老年护理补贴与残疾人护理补贴就高不就低（手册 0.4）。
"""

from minzheng.foundation.rules.words import person


@person("达到养老服务补贴年龄", cite="老年人权益保障法 第二条；各地规定", since="2020-01-01")
def elder_care_age(years_old, elder_care_first_age):
    return years_old >= elder_care_first_age


@person("经济困难的老年人", cite="国发〔2024〕44号（经济困难的高龄、失能老年人补贴）", since="2020-01-01")
def elder_needy(on_dibao, on_edge, elder_care_for_edge):
    return on_dibao or (on_edge and elder_care_for_edge)


@person("能力等级在护理补贴范围", cite="各地规定（标准 elder_care_grades）", since="2020-01-01")
def elder_care_graded(ability_grade, elder_care_grades):
    return ability_grade in elder_care_grades


@person("按能力等级的护理补贴标准", cite="各地规定（标准 elder_care_*）", since="2020-01-01")
def elder_care_standard(ability_grade, elder_care_moderate, elder_care_severe, elder_care_complete):
    return (
        elder_care_complete
        if ability_grade == "完全失能"
        else elder_care_severe
        if ability_grade == "重度失能"
        else elder_care_moderate
    )


@person("高于正在领取的残疾人护理补贴", cite="国发〔2015〕52号 二（三）（就高不就低）", since="2020-01-01")
def elder_care_is_higher(elder_care_standard, nursing_subsidy_held):
    return elder_care_standard > nursing_subsidy_held


@person("符合养老服务（护理）补贴", cite="国发〔2024〕44号；各地规定", since="2020-01-01", result=True)
def elder_care(
    alive, elder_care_age, elder_hukou_here, elder_needy, on_tekun, elder_care_graded, elder_care_is_higher
):
    return (
        alive
        and elder_care_age
        and elder_hukou_here
        and elder_needy
        and not on_tekun
        and elder_care_graded
        and elder_care_is_higher
    )


@person("养老服务（护理）补贴金额", cite="各地规定（标准 elder_care_*）", since="2020-01-01", result=True)
def elder_care_amount(elder_care, elder_care_standard):
    return elder_care_standard if elder_care else 0


@person("没有达到养老服务补贴年龄", cite="各地规定", since="2020-01-01")
def reason_elder_care_age(elder_care_age):
    return not elder_care_age


@person("不属于经济困难的老年人", cite="国发〔2024〕44号", since="2020-01-01")
def reason_elder_not_needy(elder_needy):
    return not elder_needy


@person("特困人员由供养资金保障", cite="特困人员认定办法；各地规定", since="2020-01-01")
def reason_elder_tekun(on_tekun):
    return on_tekun


@person("能力等级不在补贴范围", cite="各地规定（标准 elder_care_grades）", since="2020-01-01")
def reason_elder_grade(elder_care_graded):
    return not elder_care_graded


@person("残疾人护理补贴不低于这项补贴（就高不就低）", cite="国发〔2015〕52号 二（三）", since="2020-01-01")
def reason_nursing_not_lower(elder_care_is_higher):
    return not elder_care_is_higher


@person(
    "符合养老服务券",
    cite="民政部、财政部 中度以上失能老年人养老服务消费补贴（2025）",
    since="2025-07-01",
    result=True,
)
def elder_voucher(alive, elder_care_age, ability_grade, elder_voucher_grades):
    return alive and elder_care_age and ability_grade in elder_voucher_grades


@person(
    "养老服务券每月面额",
    cite="民政部、财政部 中度以上失能老年人养老服务消费补贴（2025）",
    since="2025-07-01",
    result=True,
)
def elder_voucher_amount(elder_voucher, elder_voucher_monthly):
    return elder_voucher_monthly if elder_voucher else 0


@person("能力等级不在服务券范围", cite="标准 elder_voucher_grades", since="2025-07-01")
def reason_voucher_grade(ability_grade, elder_voucher_grades):
    return ability_grade not in elder_voucher_grades


@person("符合家庭养老床位", cite="国办发〔2019〕5号；各地家庭养老床位办法", since="2020-01-01", result=True)
def care_bed(alive, ability_grade, care_bed_grades, in_elder_home):
    return alive and ability_grade in care_bed_grades and not in_elder_home


@person("能力等级不在家庭养老床位范围", cite="标准 care_bed_grades", since="2020-01-01")
def reason_bed_grade(ability_grade, care_bed_grades):
    return ability_grade not in care_bed_grades


@person("已经入住养老机构", cite="各地家庭养老床位办法", since="2020-01-01")
def reason_in_elder_home(in_elder_home):
    return in_elder_home


@person("适老化改造对象", cite="民发〔2020〕86号", since="2020-07-10")
def renovation_group(
    elder_needy, on_tekun, disability_grade, renovation_disability_grades, ability_grade, renovation_grades
):
    return (
        elder_needy
        or on_tekun
        or disability_grade in renovation_disability_grades
        or ability_grade in renovation_grades
    )


@person("符合适老化改造", cite="民发〔2020〕86号", since="2020-07-10", result=True)
def renovation(alive, elder_care_age, renovation_group, home_renovated):
    return alive and elder_care_age and renovation_group and not home_renovated


@person("不属于适老化改造对象", cite="民发〔2020〕86号", since="2020-07-10")
def reason_renovation_group(renovation_group):
    return not renovation_group


@person("这处住房已经改造过，一户一次", cite="各地适老化改造办法", since="2020-07-10")
def reason_home_renovated(home_renovated):
    return home_renovated
