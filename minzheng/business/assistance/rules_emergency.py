"""临时救助·急难型：谁当场救，救多少（国发〔2014〕47号；民发〔2018〕23号；社会救助法 第二十九条、第五十条）。

救助金额 = 基数 × 救助人数 × 救助月数 × 困难程度系数，封顶；按此超过封顶额的特别困难情形，由县级一事一议。
不看户籍，在急难发生地申请。同一事由、没有新情况的，规定月数内不重复救助。条款号待核。
"""

from minzheng.foundation.rules.words import household, person, round_half_up


@household("临时救助基数（每人每月）", cite="各地规定（标准 temporary_base_percent）", since="2014-10-03")
def temporary_base(dibao_urban, temporary_base_percent):
    return round_half_up(dibao_urban * temporary_base_percent, 12 * 100)


@person("同一事由已经救助过，且没有新情况", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def emergency_repeated(
    emergency_helped_before, emergency_months_since, temporary_repeat_months, emergency_new_facts
):
    return (
        emergency_helped_before
        and emergency_months_since < temporary_repeat_months
        and not emergency_new_facts
    )


@person("符合急难型临时救助", cite="国发〔2014〕47号 二", since="2014-10-03", until="2022-10-20", result=True)
def emergency(alive, emergency_real, emergency_repeated):
    return alive and emergency_real and not emergency_repeated


# 83号：连续三个月无收入来源、失业保险政策无法覆盖、没有纳入低保的失业人员，在务工地或经常居住地给一次性临时救助金
@person("未参保失业人员，连续数月没有收入来源", cite="民发〔2022〕83号", since="2022-10-20")
def jobless(jobless_months, temporary_jobless_months, unemployment_insured, on_dibao):
    return jobless_months >= temporary_jobless_months and not unemployment_insured and not on_dibao


@person(
    "符合急难型临时救助",
    cite="国发〔2014〕47号 二；民发〔2022〕83号",
    since="2022-10-20",
    until="2026-07-01",
    result=True,
)
@person("符合急难型临时救助", cite="社会救助法 第二十九条；民发〔2022〕83号", since="2026-07-01", result=True)
def emergency(alive, emergency_real, jobless, emergency_repeated):
    return alive and (emergency_real or jobless) and not emergency_repeated


@person("困难程度系数（百分比）", cite="各地规定（标准 temporary_percent_…）", since="2014-10-03")
def emergency_percent(
    emergency_severity, temporary_percent_ordinary, temporary_percent_serious, temporary_percent_grave
):
    return (
        temporary_percent_grave
        if emergency_severity == "特别严重"
        else temporary_percent_serious
        if emergency_severity == "较重"
        else temporary_percent_ordinary
    )


@person("按基数计算的金额", cite="国发〔2014〕47号 三；各地规定", since="2014-10-03")
def emergency_counted(
    temporary_base, emergency_persons, emergency_months, temporary_months_most, emergency_percent
):
    return round_half_up(temporary_base * emergency_persons * emergency_percent, 100) * min(
        emergency_months, temporary_months_most
    )


@person("超过封顶额，须一事一议", cite="民发〔2018〕23号（一事一议）", since="2014-10-03")
def emergency_over_cap(emergency_counted, temporary_cap):
    return emergency_counted > temporary_cap


@person("救助金额", cite="国发〔2014〕47号 三", since="2014-10-03", until="2026-07-01", result=True)
@person("救助金额", cite="社会救助法 第二十九条、第五十条", since="2026-07-01", result=True)
def emergency_amount(
    emergency,
    emergency_counted,
    emergency_over_cap,
    temporary_cap,
    emergency_conference,
    emergency_conference_amount,
):
    return (
        (
            emergency_conference_amount
            if emergency_over_cap and emergency_conference
            else min(emergency_counted, temporary_cap)
        )
        if emergency
        else 0
    )


@person("申请人已死亡", cite="国发〔2014〕47号 二", since="2014-10-03")
def reason_emergency_dead(alive):
    return not alive


@person(
    "没有遭遇突发事件，或基本生活没有因此陷入困境",
    cite="国发〔2014〕47号 二",
    since="2014-10-03",
    until="2022-10-20",
)
def reason_not_emergency(emergency_real):
    return not emergency_real


@person(
    "没有遭遇突发事件，或基本生活没有因此陷入困境；也不是连续数月没有收入、失业保险覆盖不到的失业人员",
    cite="国发〔2014〕47号 二；民发〔2022〕83号",
    since="2022-10-20",
)
def reason_not_emergency(emergency_real, jobless):
    return not emergency_real and not jobless


@person("同一事由在规定月数内已经救助，没有新情况", cite="民发〔2018〕23号；各地规定", since="2014-10-03")
def reason_emergency_repeated(emergency_repeated):
    return emergency_repeated
