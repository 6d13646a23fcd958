"""收养登记的条件：谁可以被收养、谁可以收养、谁同意了、公告和评估。每一条障碍各有自己的理由；没有查清的，结论是“未定”，不予登记。

成员是收养人；继子女、孤儿、残疾和机构抚养的查找不到生父母的儿童、三代以内旁系同辈血亲的子女，各放宽哪几条，写在各条里。
"""

from minzheng.foundation.rules.words import age, all_of, household, person


@household("被收养人周岁", cite="民法典 第一千零九十三条", since="2021-01-01")
def child_years(child_birth_date, on):
    return age(child_birth_date, on)


@household("被收养人是未成年人", cite="民法典 第一千零九十三条", since="2021-01-01")
def child_is_minor(child_years, adult_age):
    return child_years < adult_age


@household("收养继子女", cite="民法典 第一千一百零三条", since="2021-01-01")
def adopts_stepchild(child_kind):
    return child_kind == "继子女"


@household("收养三代以内旁系同辈血亲的子女", cite="民法典 第一千零九十九条", since="2021-01-01")
def adopts_kin(child_kind):
    return child_kind == "三代以内旁系同辈血亲的子女"


@household(
    "子女数不受限制（孤儿、残疾、机构抚养的查找不到生父母）",
    cite="民法典 第一千一百条第二款",
    since="2021-01-01",
)
def child_number_free(child_kind, child_disabled, child_in_institution):
    return child_kind == "孤儿" or child_disabled or (child_kind == "查找不到生父母" and child_in_institution)


@household(
    "子女数符合规定",
    cite="民法典 第一千零九十八条第一项、第一千零九十九条第二款、第一千一百条",
    since="2021-01-01",
)
def children_fine(
    adopts_stepchild, child_number_free, adopts_kin, adopter_overseas, children_count, adoption_children_most
):
    return (
        adopts_stepchild
        or child_number_free
        or (adopts_kin and adopter_overseas)
        or children_count <= adoption_children_most
    )


@person("收养人达到年龄", cite="民法典 第一千零九十八条第五项", since="2021-01-01")
def adopter_of_age(years_old, adoption_age):
    return years_old >= adoption_age


@person("没有不应当收养的疾病", cite="民法典 第一千零九十八条第三项", since="2021-01-01")
def adopter_healthy(adopter_barred_by_illness):
    return not adopter_barred_by_illness


@person("没有不利于被收养人的违法犯罪记录", cite="民法典 第一千零九十八条第四项", since="2021-01-01")
def adopter_clean(adopter_harmful_record):
    return not adopter_harmful_record


@person("与异性被收养人相差的年龄够", cite="民法典 第一千一百零二条", since="2021-01-01")
def gap_wide_enough(sex, child_sex, birth_date, child_birth_date, adoption_age_gap):
    return sex == child_sex or age(birth_date, child_birth_date) >= adoption_age_gap


@household(
    "收养人都达到年龄（继子女除外）",
    cite="民法典 第一千零九十八条第五项、第一千一百零三条",
    since="2021-01-01",
)
def ages_fine(adopts_stepchild, each=all_of("adopter_of_age")):
    return adopts_stepchild or each


@household(
    "收养人都有抚养能力（继子女除外）",
    cite="民法典 第一千零九十八条第二项、第一千一百零三条",
    since="2021-01-01",
)
def ability_fine(adopts_stepchild, each=all_of("adopter_able")):
    return adopts_stepchild or each


@household(
    "收养人健康（继子女除外）", cite="民法典 第一千零九十八条第三项、第一千一百零三条", since="2021-01-01"
)
def health_fine(adopts_stepchild, each=all_of("adopter_healthy")):
    return adopts_stepchild or each


@household(
    "收养人没有违法犯罪记录（继子女除外）",
    cite="民法典 第一千零九十八条第四项、第一千一百零三条",
    since="2021-01-01",
)
def record_fine(adopts_stepchild, each=all_of("adopter_clean")):
    return adopts_stepchild or each


@household("有配偶的共同收养", cite="民法典 第一千一百零一条、第一千一百零三条", since="2021-01-01")
def joint_fine(adopts_stepchild, adopter_married, adopts_jointly):
    return adopts_stepchild or adopts_jointly or not adopter_married


@household("无配偶收养异性的年龄差", cite="民法典 第一千零九十九条、第一千一百零二条", since="2021-01-01")
def gap_fine(adopts_stepchild, adopter_married, adopts_kin, each=all_of("gap_wide_enough")):
    return adopts_stepchild or adopter_married or adopts_kin or each


@household("收养人自愿", cite="民法典 第一千一百零四条", since="2021-01-01")
def adopters_willing(each=all_of("adopter_willing")):
    return each


@household("被收养人同意（满八周岁的）", cite="民法典 第一千一百零四条", since="2021-01-01")
def child_consent_fine(child_years, adoption_consent_age, child_consents):
    return child_years < adoption_consent_age or child_consents


@household("寻亲公告（查找不到生父母的）", cite="民法典 第一千一百零五条第二款", since="2021-01-01")
def notice_fine(child_kind, notice_unanswered):
    return child_kind != "查找不到生父母" or notice_unanswered


@household(
    "收养评估（继子女除外）", cite="民法典 第一千一百零五条第五款；民发〔2020〕144号", since="2021-01-01"
)
def evaluation_fine(adopts_stepchild, evaluation_passed):
    return adopts_stepchild or evaluation_passed


@household("可以登记收养", cite="民法典 第一千零九十三条至第一千一百零五条", since="2021-01-01")
def may_adopt(
    registry_is_right,
    child_is_minor,
    placer_entitled,
    placer_agrees,
    adopters_willing,
    child_consent_fine,
    joint_fine,
    children_fine,
    ages_fine,
    ability_fine,
    health_fine,
    record_fine,
    gap_fine,
    notice_fine,
    evaluation_fine,
):
    return (
        registry_is_right
        and child_is_minor
        and placer_entitled
        and placer_agrees
        and adopters_willing
        and child_consent_fine
        and joint_fine
        and children_fine
        and ages_fine
        and ability_fine
        and health_fine
        and record_fine
        and gap_fine
        and notice_fine
        and evaluation_fine
    )
