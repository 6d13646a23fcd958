"""解除收养登记的条件：未成年的由养父母和送养人协议，满八周岁的本人同意；已成年的由养父母和本人协议。"""

from minzheng.foundation.rules.words import household


@household("该同意解除的人都同意", cite="民法典 第一千一百一十四条、第一千一百一十五条", since="2021-01-01")
def dissolution_agreed(
    child_years,
    adult_age,
    adoption_consent_age,
    dissolution_parents_agree,
    dissolution_placer_agrees,
    dissolution_child_agrees,
):
    return (
        dissolution_parents_agree
        and (child_years < adoption_consent_age or dissolution_child_agrees)
        and (child_years >= adult_age or dissolution_placer_agrees)
    )


@household("可以登记解除收养", cite="民法典 第一千一百一十四条至第一千一百一十八条", since="2021-01-01")
def may_dissolve(registry_is_right, dissolution_present, dissolution_agreed, dissolution_settled):
    return registry_is_right and dissolution_present and dissolution_agreed and dissolution_settled


@household(
    "不属于本登记机关办理（被收养人户籍地）", cite="中国公民收养子女登记办法 第九条", since="2021-01-01"
)
def reason_dissolution_registry(registry_is_right):
    return not registry_is_right


@household("没有各方一起到场", cite="中国公民收养子女登记办法 第九条", since="2021-01-01")
def reason_dissolution_absent(dissolution_present):
    return not dissolution_present


@household(
    "有人不同意解除，可以向人民法院起诉",
    cite="民法典 第一千一百一十四条、第一千一百一十五条",
    since="2021-01-01",
)
def reason_dissolution_disputed(dissolution_agreed):
    return not dissolution_agreed


@household(
    "生活、抚养、财产没有协议一致",
    cite="民法典 第一千一百一十八条；中国公民收养子女登记办法 第九条",
    since="2021-01-01",
)
def reason_dissolution_unsettled(dissolution_settled):
    return not dissolution_settled
