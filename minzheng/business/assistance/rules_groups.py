"""困难群众属于哪些人群：按台账和部门名单认定，用于摸排、低收入人口库和分类统计，不决定任何待遇。

人群怎样分，写在 standards/groups.yaml；低保边缘家庭直接用 edge 规则。
"""

from minzheng.foundation.rules.words import household, person


@household("低保对象", cite="国办发〔2023〕39号", since="2023-10-08")
def group_dibao(receiving_dibao):
    return receiving_dibao


@person("特困人员", cite="国办发〔2023〕39号", since="2023-10-08")
def group_tekun(alive, on_tekun):
    return alive and on_tekun


@household("刚性支出困难家庭", cite="国办发〔2023〕39号", since="2023-10-08")
def group_rigid(rigid_spending_recognised):
    return rigid_spending_recognised


@household("防止返贫监测对象", cite="国办发〔2023〕39号（与防返贫监测按季度比对）", since="2023-10-08")
def group_anti_poverty(anti_poverty_monitored):
    return anti_poverty_monitored


@person("重度残疾人", cite="国办发〔2023〕39号", since="2023-10-08")
def group_severe(alive, severely_disabled):
    return alive and severely_disabled


@person("重病患者", cite="国办发〔2023〕39号", since="2023-10-08")
def group_illness(alive, serious_illness):
    return alive and serious_illness


@person("孤儿和事实无人抚养儿童", cite="民发〔2019〕62号", since="2023-10-08")
def group_child(alive, child_status):
    return alive and child_status in ("孤儿", "事实无人抚养儿童")


@person("留守儿童和独居老人", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def group_alone(lives_here, left_behind, years_old, elder_age, people_here):
    return lives_here and (left_behind or (years_old >= elder_age and people_here == 1))


@person("失业人员", cite="国办发〔2023〕39号", since="2023-10-08")
def group_unemployed(alive, unemployment_registered):
    return alive and unemployment_registered


@household("受灾困难家庭", cite="国办发〔2023〕39号", since="2023-10-08")
def group_disaster(disaster_hit):
    return disaster_hit


@person("生活无着的流散人员", cite="国令第381号", since="2023-10-08")
def group_homeless(alive, homeless_registered):
    return alive and homeless_registered


@household("其他困难家庭", cite="各地规定", since="2023-10-08")
def group_other(local_needy):
    return local_needy


@household("城市低保", cite="国办发〔2023〕39号", since="2023-10-08")
def group_dibao_urban(receiving_dibao, category):
    return receiving_dibao and category == "城市"


@household("农村低保", cite="国办发〔2023〕39号", since="2023-10-08")
def group_dibao_rural(receiving_dibao, category):
    return receiving_dibao and category == "农村"


@person("城市特困", cite="民发〔2021〕43号", since="2023-10-08")
def group_tekun_urban(group_tekun, category):
    return group_tekun and category == "城市"


@person("农村特困", cite="民发〔2021〕43号", since="2023-10-08")
def group_tekun_rural(group_tekun, category):
    return group_tekun and category == "农村"


@person("机构养育孤儿", cite="国办发〔2010〕54号", since="2023-10-08")
def group_orphan_home(alive, child_status, in_institution):
    return alive and child_status == "孤儿" and in_institution


@person("散居孤儿", cite="国办发〔2010〕54号", since="2023-10-08")
def group_orphan_scattered(alive, child_status, in_institution):
    return alive and child_status == "孤儿" and not in_institution


@person("重点困境儿童", cite="国发〔2016〕36号；民发〔2019〕62号", since="2023-10-08")
def group_distressed_child(alive, child_status):
    return alive and child_status == "事实无人抚养儿童"
