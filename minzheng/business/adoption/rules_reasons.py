"""不予收养登记的理由，一条法律障碍一句话，告知当事人时原样写明。"""

from minzheng.foundation.rules.words import household


@household("不属于本登记机关办理", cite="中国公民收养子女登记办法 第四条", since="2021-01-01")
def reason_adoption_registry(registry_is_right):
    return not registry_is_right


@household("被收养人已满十八周岁", cite="民法典 第一千零九十三条", since="2021-01-01")
def reason_child_adult_already(child_is_minor):
    return not child_is_minor


@household(
    "送养人没有送养的资格",
    cite="民法典 第一千零九十四条、第一千零九十五条、第一千零九十七条",
    since="2021-01-01",
)
def reason_placer_not_entitled(placer_entitled):
    return not placer_entitled


@household(
    "送养人没有同意（生父母须双方同意）",
    cite="民法典 第一千零九十六条、第一千零九十七条、第一千一百零四条",
    since="2021-01-01",
)
def reason_placer_disagrees(placer_agrees):
    return not placer_agrees


@household("收养人不自愿", cite="民法典 第一千一百零四条", since="2021-01-01")
def reason_adopter_unwilling(adopters_willing):
    return not adopters_willing


@household("被收养人已满八周岁，本人不同意", cite="民法典 第一千一百零四条", since="2021-01-01")
def reason_child_refuses(child_consent_fine):
    return not child_consent_fine


@household("有配偶的没有夫妻共同收养", cite="民法典 第一千一百零一条", since="2021-01-01")
def reason_not_jointly(joint_fine):
    return not joint_fine


@household(
    "收养人的子女已达到规定的人数", cite="民法典 第一千零九十八条第一项、第一千一百条", since="2021-01-01"
)
def reason_children_many(children_fine):
    return not children_fine


@household("收养人未满三十周岁", cite="民法典 第一千零九十八条第五项", since="2021-01-01")
def reason_adopter_young(ages_fine):
    return not ages_fine


@household("收养人没有抚养、教育和保护的能力", cite="民法典 第一千零九十八条第二项", since="2021-01-01")
def reason_adopter_unable(ability_fine):
    return not ability_fine


@household(
    "收养人患有在医学上认为不应当收养子女的疾病", cite="民法典 第一千零九十八条第三项", since="2021-01-01"
)
def reason_adopter_ill(health_fine):
    return not health_fine


@household(
    "收养人有不利于被收养人健康成长的违法犯罪记录", cite="民法典 第一千零九十八条第四项", since="2021-01-01"
)
def reason_adopter_record(record_fine):
    return not record_fine


@household("无配偶者收养异性子女，年龄相差不到四十周岁", cite="民法典 第一千一百零二条", since="2021-01-01")
def reason_age_gap(gap_fine):
    return not gap_fine


@household("寻亲公告没有期满，或者有人认领", cite="民法典 第一千一百零五条第二款", since="2021-01-01")
def reason_notice_open(notice_fine):
    return not notice_fine


@household("收养评估没有通过", cite="民法典 第一千一百零五条第五款；民发〔2020〕144号", since="2021-01-01")
def reason_evaluation_failed(evaluation_fine):
    return not evaluation_fine
