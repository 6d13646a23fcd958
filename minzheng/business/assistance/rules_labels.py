"""低保边缘家庭（A2）、刚性支出困难家庭（A3）的认定：身份，不发钱，一年以内有效。

边缘家庭的条件在 rules_edge.py。刚性支出困难家庭认定办法自2025年1月1日起施行；支出比例由各地规定，超过才算（0.2 DC4）。
edge_asked、rigid_asked 没有申请即为“否”，其他事项的告知书里不会出现这里的理由。
"""

from minzheng.foundation.rules.words import household


@household("近12个月刚性支出合计", cite="刚性支出困难家庭认定办法", since="2025-01-01")
def rigid_spending(rigid_living, spending_medical, spending_education, rigid_rehabilitation, spending_other):
    return rigid_living + spending_medical + spending_education + rigid_rehabilitation + spending_other


@household("刚性支出占收入超过当地比例", cite="刚性支出困难家庭认定办法；各地规定", since="2025-01-01")
def rigid_heavy(rigid_spending, income, rigid_percent):
    return rigid_spending * 100 > income * rigid_percent


@household("刚性支出困难家庭", cite="刚性支出困难家庭认定办法", since="2025-01-01", until="2026-07-01")
@household("刚性支出困难家庭", cite="社会救助法；刚性支出困难家庭认定办法", since="2026-07-01")
def rigid(size, dibao, edge, spending_income_within, property_within_limits, rigid_heavy):
    return (
        size > 0
        and not dibao
        and not edge
        and spending_income_within
        and property_within_limits
        and rigid_heavy
    )


@household("符合最低生活保障条件，应当申请低保", cite="民发〔2021〕57号 第三条、第八条", since="2021-07-01")
def reason_edge_dibao(edge_asked, dibao):
    return edge_asked and dibao


@household(
    "家庭人均收入不低于低保边缘家庭界线",
    cite="民发〔2021〕57号 第八条",
    since="2021-07-01",
    until="2026-07-01",
)
@household("家庭人均收入不低于低保边缘家庭界线", cite="社会救助法 第二十一条", since="2026-07-01")
def reason_edge_income(edge_asked, size, dibao, edge, property_within_limits):
    return edge_asked and size > 0 and not dibao and not edge and property_within_limits


@household("符合低保或低保边缘条件，应按相应类别认定", cite="刚性支出困难家庭认定办法", since="2025-01-01")
def reason_rigid_better(rigid_asked, dibao, edge):
    return rigid_asked and (dibao or edge)


@household("家庭人均收入不低于当地上年度人均可支配收入", cite="刚性支出困难家庭认定办法", since="2025-01-01")
def reason_rigid_income(rigid_asked, spending_income_within):
    return rigid_asked and not spending_income_within


@household("刚性支出没有超过当地规定的比例", cite="刚性支出困难家庭认定办法；各地规定", since="2025-01-01")
def reason_rigid_light(rigid_asked, rigid_heavy):
    return rigid_asked and not rigid_heavy
