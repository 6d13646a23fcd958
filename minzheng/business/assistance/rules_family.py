"""共同生活的家庭成员：谁计入家庭人口（民发〔2021〕57号 第七条）。"""

from minzheng.foundation.rules.words import count, household, person


@person("未成年子女", cite="民发〔2012〕220号", until="2021-07-01")
@person("未成年子女", cite="民发〔2021〕57号 第七条第一款第二项", since="2021-07-01")
def minor_child(relation, years_old, adult_age):
    return relation == "子女" and years_old < adult_age


# 研究生不在“本科及以下”之内，是否计入只看能否独立生活
@person("不能独立生活的成年子女", cite="民发〔2012〕220号", until="2021-07-01")
@person("不能独立生活的成年子女", cite="民发〔2021〕57号 第七条第一款第三项", since="2021-07-01")
def dependent_adult_child(
    relation, years_old, adult_age, full_time_study, education, dependent_education, independent
):
    return (
        relation == "子女"
        and years_old >= adult_age
        and ((full_time_study and education in dependent_education) or not independent)
    )


@person("长期共同居住的其他法定供养关系人", cite="民发〔2012〕220号", until="2021-07-01")
@person("长期共同居住的其他法定供养关系人", cite="民发〔2021〕57号 第七条第一款第四项", since="2021-07-01")
def other_supported(relation, legally_supported, lives_with_family):
    return relation not in ("本人", "配偶") and legally_supported and lives_with_family


@person("属于家庭成员范围", cite="民发〔2012〕220号", until="2021-07-01")
def family_by_law(relation, minor_child, dependent_adult_child, other_supported):
    return relation in ("本人", "配偶", "父母") or minor_child or dependent_adult_child or other_supported


@person("属于家庭成员范围", cite="民发〔2021〕57号 第七条第一款", since="2021-07-01")
def family_by_law(relation, minor_child, dependent_adult_child, other_supported):
    return relation in ("本人", "配偶") or minor_child or dependent_adult_child or other_supported


@person("依法不计入", cite="民发〔2012〕220号", until="2021-07-01")
@person("依法不计入", cite="民发〔2021〕57号 第七条第二款", since="2021-07-01")
def excluded_member(custody_status, excluded_statuses, clergy_years, clergy_years_away):
    return custody_status in excluded_statuses or clergy_years >= clergy_years_away


# 低保与特困不能兼得：特困人员由特困供养保障，不再计入低保家庭
@person("计入家庭人口", cite="民发〔2012〕220号", until="2021-07-01")
@person("计入家庭人口", cite="民发〔2021〕57号 第七条；特困人员认定办法 民发〔2021〕43号", since="2021-07-01")
def counted(alive, outside_obligor, on_tekun, excluded_member, family_by_law):
    return alive and not outside_obligor and not on_tekun and not excluded_member and family_by_law


@household("家庭人口", cite="民发〔2012〕220号", until="2021-07-01", result=True)
@household("家庭人口", cite="民发〔2021〕57号 第七条", since="2021-07-01", result=True)
def size(members=count("counted")):
    return members
