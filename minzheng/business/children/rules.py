"""孤儿和事实无人抚养儿童：谁符合条件，每月多少钱，为什么不符合。父母的情形见 rules_parents.py。

孤儿按集中、散居两个标准；事实无人抚养儿童按标准补足：已领低保、特困供养金、困难残疾人生活补贴的，只补差额。
本文件的条款号均待核。
"""

from minzheng.foundation.rules.words import person


@person("未满18周岁", cite="国办发〔2010〕54号；民发〔2019〕62号 一", since="2010-11-16")
def minor(years_old, adult_age):
    return years_old < adult_age


@person("失去父母或查找不到生父母", cite="国办发〔2010〕54号", since="2010-11-16")
def orphan_parents(parents_not_found, father_gone, mother_gone):
    return parents_not_found or (father_gone and mother_gone)


@person("符合孤儿认定", cite="国办发〔2010〕54号", since="2010-11-16", result=True)
def orphan(alive, minor, orphan_parents, adopted):
    return alive and minor and orphan_parents and not adopted


@person("孤儿养育标准", cite="国办发〔2010〕54号；各省标准", since="2010-11-16")
def orphan_standard(in_institution, orphan_standard_institution, orphan_standard_scattered):
    return orphan_standard_institution if in_institution else orphan_standard_scattered


@person("孤儿基本生活费", cite="国办发〔2010〕54号；各省标准", since="2010-11-16", result=True)
def orphan_amount(orphan, orphan_standard):
    return orphan_standard if orphan else 0


@person("父母双方的情形符合事实无人抚养", cite="民发〔2019〕62号 一；民发〔2020〕125号", since="2020-01-01")
def unattended_parents(father_listed, father_gone, mother_listed, mother_gone):
    return (
        (father_listed and mother_listed)
        or (father_gone and mother_listed)
        or (father_listed and mother_gone)
    )


@person("已领的保障（补差额时减去）", cite="民发〔2019〕62号 二（一）", since="2020-01-01")
def unattended_paid(paid_dibao_share, paid_tekun, paid_living_subsidy):
    return paid_dibao_share + paid_tekun + paid_living_subsidy


@person("已领的保障低于补贴标准", cite="民发〔2019〕62号 二（一）", since="2020-01-01")
def unattended_is_more(unattended_paid, unattended_standard):
    return unattended_paid == 0 or unattended_paid < unattended_standard


@person(
    "符合事实无人抚养儿童认定",
    cite="民发〔2019〕62号 一、二；民发〔2020〕125号",
    since="2020-01-01",
    result=True,
)
def unattended(alive, minor, unattended_parents, adopted, unattended_is_more):
    return alive and minor and unattended_parents and not adopted and unattended_is_more


@person(
    "事实无人抚养儿童补贴（全额或差额）", cite="民发〔2019〕62号 二（一）", since="2020-01-01", result=True
)
def unattended_amount(unattended, unattended_standard, unattended_paid):
    return unattended_standard - unattended_paid if unattended else 0


@person("已满18周岁", cite="国办发〔2010〕54号；民发〔2019〕62号 一", since="2010-11-16")
def reason_child_adult(minor):
    return not minor


@person("不属于失去父母、查找不到生父母", cite="国办发〔2010〕54号", since="2010-11-16")
def reason_orphan_parents(orphan_parents):
    return not orphan_parents


@person("已被依法收养", cite="民法典 第一千一百一十一条", since="2010-11-16")
def reason_child_adopted(adopted):
    return adopted


@person(
    "父母双方死亡或失踪，请按孤儿申请", cite="国办发〔2010〕54号；民发〔2019〕62号 一", since="2020-01-01"
)
def reason_unattended_orphan(father_gone, mother_gone):
    return father_gone and mother_gone


@person("已领的保障不低于补贴标准", cite="民发〔2019〕62号 二（一）", since="2020-01-01")
def reason_unattended_covered(unattended_is_more):
    return not unattended_is_more
