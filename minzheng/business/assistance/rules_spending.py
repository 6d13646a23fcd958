"""临时救助·支出型：家庭必需支出突然增加、超出承受能力（国发〔2014〕47号；民发〔2018〕23号；社会救助法 第二十九条）。

收入、财产按低保的同一套规则核算（rules_income.py、rules_property.py），金额的算法与急难型相同（rules_emergency.py）。
EX38：三口之家，县级核定两个月，550 × 3 × 2 = 3300 元。条款号待核。
"""

from minzheng.foundation.rules.words import household, round_half_up


@household("家庭人均收入低于上年度人均可支配收入", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def spending_income_within(income, size, disposable_income):
    return income < disposable_income * size


@household("近12个月必需支出合计", cite="民发〔2018〕23号", since="2014-10-03")
def spending_total(spending_medical, spending_education, spending_other):
    return spending_medical + spending_education + spending_other


@household(
    "必需支出超过家庭承受能力", cite="民发〔2018〕23号；各地规定（标准 spending_percent）", since="2014-10-03"
)
def spending_heavy(spending_total, income, spending_percent):
    return spending_total > 0 and spending_total * 100 >= income * spending_percent


@household("同一事由已经救助过，且没有新情况", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def spending_repeated(
    spending_helped_before, spending_months_since, temporary_repeat_months, spending_new_facts
):
    return (
        spending_helped_before and spending_months_since < temporary_repeat_months and not spending_new_facts
    )


@household("符合支出型临时救助", cite="国发〔2014〕47号 二", since="2014-10-03", until="2026-07-01")
@household("符合支出型临时救助", cite="社会救助法 第二十九条", since="2026-07-01")
def spending_help(size, spending_income_within, property_within_limits, spending_heavy, spending_repeated):
    return (
        size > 0
        and spending_income_within
        and property_within_limits
        and spending_heavy
        and not spending_repeated
    )


@household("困难程度系数（百分比）", cite="各地规定（标准 temporary_percent_…）", since="2014-10-03")
def spending_degree(
    spending_severity, temporary_percent_ordinary, temporary_percent_serious, temporary_percent_grave
):
    return (
        temporary_percent_grave
        if spending_severity == "特别严重"
        else temporary_percent_serious
        if spending_severity == "较重"
        else temporary_percent_ordinary
    )


@household("按基数计算的金额", cite="国发〔2014〕47号 三；各地规定", since="2014-10-03")
def spending_counted(temporary_base, size, spending_months, temporary_months_most, spending_degree):
    return round_half_up(temporary_base * size * spending_degree, 100) * min(
        spending_months, temporary_months_most
    )


@household("超过封顶额，须一事一议", cite="民发〔2018〕23号（一事一议）", since="2014-10-03")
def spending_over_cap(spending_counted, temporary_cap):
    return spending_counted > temporary_cap


@household("救助金额", cite="国发〔2014〕47号 三", since="2014-10-03", until="2026-07-01")
@household("救助金额", cite="社会救助法 第二十九条、第五十条", since="2026-07-01")
def spending_amount(
    spending_help,
    spending_counted,
    spending_over_cap,
    temporary_cap,
    spending_conference,
    spending_conference_amount,
):
    return (
        (
            spending_conference_amount
            if spending_over_cap and spending_conference
            else min(spending_counted, temporary_cap)
        )
        if spending_help
        else 0
    )


# 以下理由只用于支出型临时救助的办件；spending_asked 没有申请即为“否”，其他事项的样例和告知书里不会出现
@household(
    "家庭人均收入不低于当地上年度人均可支配收入", cite="民发〔2018〕23号；各地规定", since="2014-10-03"
)
def reason_spending_income(spending_asked, spending_income_within):
    return spending_asked and not spending_income_within


@household("家庭财产超过规定", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def reason_spending_property(spending_asked, property_within_limits):
    return spending_asked and not property_within_limits


@household("必需支出没有超过家庭承受能力", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def reason_spending_light(spending_asked, spending_heavy):
    return spending_asked and not spending_heavy


@household("同一事由在规定月数内已经救助，没有新情况", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def reason_spending_repeated(spending_asked, spending_repeated):
    return spending_asked and spending_repeated
