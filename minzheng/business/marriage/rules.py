"""结婚登记的条件：哪里能办、谁能结婚。每一条法律障碍各有自己的理由和条款；没有查清的，结论是“未定”，不予登记。"""

from minzheng.foundation.rules.words import all_of, any_of, count, household, person


@person("达到法定结婚年龄", cite="民法典 第一千零四十七条", since="2021-01-01")
def marriage_age_met(sex, years_old, marriage_age_man, marriage_age_woman):
    return years_old >= (marriage_age_man if sex == "男" else marriage_age_woman)


@person("男方", cite="民法典 第一千零四十六条", since="2021-01-01")
def is_groom(sex):
    return sex == "男"


@person("女方", cite="民法典 第一千零四十六条", since="2021-01-01")
def is_bride(sex):
    return sex == "女"


@household("一男一女", cite="民法典 第一千零四十一条、第一千零四十六条", since="2021-01-01")
def man_and_woman(grooms=count("is_groom"), brides=count("is_bride")):
    return grooms == 1 and brides == 1


@household("双方都达到法定结婚年龄", cite="民法典 第一千零四十七条", since="2021-01-01")
def both_of_age(both=all_of("marriage_age_met")):
    return both


@household("双方完全自愿", cite="民法典 第一千零四十六条", since="2021-01-01")
def both_willing(both=all_of("willing")):
    return both


@household("一方或双方有配偶", cite="民法典 第一千零四十二条、第一千零五十一条", since="2021-01-01")
def somebody_married(anybody=any_of("has_spouse")):
    return anybody


@household(
    "本登记机关有权办理", cite="婚姻登记条例（2003） 第二条、第四条", since="2021-01-01", until="2025-05-10"
)
@household("本登记机关有权办理", cite="婚姻登记条例（国务院令第804号）", since="2025-05-10")
def registry_competent(
    both_mainland,
    foreign_registry,
    hukou_in_registry,
    lives_in_registry_province,
    marriage_nationwide,
    marriage_province_wide,
):
    return (
        marriage_nationwide or hukou_in_registry or (marriage_province_wide and lives_in_registry_province)
        if both_mainland
        else foreign_registry
    )


@household("可以登记结婚", cite="民法典 第一千零四十六条至第一千零四十九条", since="2021-01-01")
def may_marry(
    registry_competent, both_present, man_and_woman, both_willing, both_of_age, somebody_married, near_kin
):
    return (
        registry_competent
        and both_present
        and man_and_woman
        and both_willing
        and both_of_age
        and not somebody_married
        and not near_kin
    )


@household("不属于本登记机关办理", cite="婚姻登记条例（2003） 第四条", since="2021-01-01", until="2025-05-10")
@household("不属于本登记机关办理", cite="婚姻登记条例（国务院令第804号）", since="2025-05-10")
def reason_registry(registry_competent):
    return not registry_competent


@household("没有双方共同到场", cite="民法典 第一千零四十九条", since="2021-01-01")
def reason_absent(both_present):
    return not both_present


@household("不是一男一女", cite="民法典 第一千零四十一条、第一千零四十六条", since="2021-01-01")
def reason_same_sex(man_and_woman):
    return not man_and_woman


@household("不是双方完全自愿", cite="民法典 第一千零四十六条", since="2021-01-01")
def reason_unwilling(both_willing):
    return not both_willing


@household("未到法定结婚年龄", cite="民法典 第一千零四十七条", since="2021-01-01")
def reason_marriage_age(both_of_age):
    return not both_of_age


@household("一方或双方已有配偶", cite="民法典 第一千零四十二条、第一千零五十一条", since="2021-01-01")
def reason_has_spouse(somebody_married):
    return somebody_married


@household("属于直系血亲或者三代以内旁系血亲", cite="民法典 第一千零四十八条", since="2021-01-01")
def reason_near_kin(near_kin):
    return near_kin
