"""最低生活保障：谁符合条件，每月多少钱，为什么不符合。

家庭成员见 rules_family.py，收入见 rules_income.py，财产见 rules_property.py，单人户和边缘家庭见 rules_edge.py。
民发〔2012〕220号是 57 号施行前的《最低生活保障审核审批办法（试行）》，条款号待核。城乡标准都折成每年比较，除以 12 并四舍五入只在最后做一次（农村标准按年公布）。
"""

from minzheng.foundation.rules.words import count, household, months_between, person, round_half_up, total


@household("适用的低保标准", cite="社会救助暂行办法 第十条", until="2026-07-01")
@household("适用的低保标准", cite="社会救助法 第十九条", since="2026-07-01")
def dibao_standard(category, dibao_urban, dibao_rural):
    return dibao_urban if category == "城市" else dibao_rural


@household("家庭人均收入低于低保标准", cite="国发〔2012〕45号 二（一）", until="2021-07-01")
@household("家庭人均收入低于低保标准", cite="民发〔2021〕57号 第三条", since="2021-07-01")
def income_below_standard(income, dibao_standard, size):
    return income < dibao_standard * size


@household("低保家庭", cite="国发〔2012〕45号 二（一）", until="2021-07-01", result=True)
@household("低保家庭", cite="民发〔2021〕57号 第三条", since="2021-07-01", result=True)
def dibao(size, income_below_standard, property_within_limits):
    return size > 0 and income_below_standard and property_within_limits


@household("没有可计入的家庭成员", cite="民发〔2012〕220号", until="2021-07-01")
@household("没有可计入的家庭成员", cite="民发〔2021〕57号 第七条", since="2021-07-01")
def reason_no_member(size):
    return size == 0


@household("家庭人均收入不低于当地最低生活保障标准", cite="社会救助暂行办法 第九条", until="2021-07-01")
@household("家庭人均收入不低于当地最低生活保障标准", cite="民发〔2021〕57号 第三条", since="2021-07-01")
def reason_income(size, income_below_standard):
    return size > 0 and not income_below_standard


@household("家庭金融资产超过规定限额", cite="民发〔2012〕220号", until="2021-07-01")
@household("家庭金融资产超过规定限额", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def reason_financial_assets(financial_assets_within):
    return not financial_assets_within


@household("家庭房屋超过规定套数", cite="民发〔2012〕220号", until="2021-07-01")
@household("家庭房屋超过规定套数", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def reason_houses(houses_within):
    return not houses_within


@household("家庭拥有非生活必需的机动车或船舶", cite="民发〔2012〕220号", until="2021-07-01")
@household("家庭拥有非生活必需的机动车或船舶", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def reason_cars(cars_within):
    return not cars_within


@household("差额救助金额", cite="社会救助暂行办法 第十二条", until="2021-07-01")
@household("差额救助金额", cite="民发〔2021〕57号 第二十三条", since="2021-07-01")
def difference_amount(dibao_standard, size, income, pay_rounding_fen):
    return round_half_up(dibao_standard * size - income, 12 * pay_rounding_fen) * pay_rounding_fen


@household("分档救助比例", cite="社会救助暂行办法 第十二条；各地规定", until="2021-07-01")
@household("分档救助比例", cite="民发〔2021〕57号 第二十三条；各地规定", since="2021-07-01")
def graded_percent(dibao_class, graded_percent_a, graded_percent_b, graded_percent_c):
    return (
        graded_percent_a
        if dibao_class == "A类"
        else graded_percent_b
        if dibao_class == "B类"
        else graded_percent_c
    )


@household("分档救助金额", cite="社会救助暂行办法 第十二条；各地规定", until="2021-07-01")
@household("分档救助金额", cite="民发〔2021〕57号 第二十三条；各地规定", since="2021-07-01")
def graded_amount(dibao_standard, size, graded_percent):
    return round_half_up(dibao_standard * size * graded_percent, 12 * 100)


@household("家庭低保金", cite="社会救助暂行办法 第十二条", until="2021-07-01")
@household("家庭低保金", cite="民发〔2021〕57号 第二十三条", since="2021-07-01", until="2026-07-01")
@household("家庭低保金", cite="社会救助法 第十八条", since="2026-07-01")
def family_amount(dibao, pay_mode, difference_amount, graded_amount):
    return (difference_amount if pay_mode == "差额" else graded_amount) if dibao else 0


@person("连续拒绝介绍的合适工作", cite="社会救助暂行办法 第四十五条")
def refusing_work(counted, labour_ability, job_refusals, job_refusals_limit):
    return counted and job_refusals >= job_refusals_limit and labour_ability == "有"


@household("停发拒绝就业者本人的份额", cite="社会救助暂行办法 第四十五条")
def work_refusal_cut(family_amount, size, refusers=count("refusing_work")):
    return round_half_up(family_amount * refusers, size) if refusers > 0 else 0


@person("享受低保", cite="社会救助暂行办法 第九条", until="2021-07-01")
@person("享受低保", cite="民发〔2021〕57号 第三条、第八条", since="2021-07-01")
def covered(counted, dibao, single_dibao):
    return counted and (dibao or single_dibao)


@person("分类施保比例", cite="社会救助暂行办法 第十二条；各地规定")
def topup_percent(
    years_old,
    adult_age,
    topup_elder_age,
    severely_disabled,
    serious_illness,
    topup_percent_elder,
    topup_percent_minor,
    topup_percent_disabled,
    topup_percent_ill,
):
    return max(
        topup_percent_elder if years_old >= topup_elder_age else 0,
        topup_percent_minor if years_old < adult_age else 0,
        topup_percent_disabled if severely_disabled else 0,
        topup_percent_ill if serious_illness else 0,
    )


@person("分类施保增发", cite="社会救助暂行办法 第十二条；各地规定")
def class_topup(covered, dibao_standard, topup_percent):
    return round_half_up(dibao_standard * topup_percent, 12 * 100) if covered else 0


@household("渐退期内", cite="各省规定（标准 gradual_exit_months）", until="2022-10-20")
@household("渐退期内", cite="民发〔2022〕83号", since="2022-10-20")
def in_gradual_exit(receiving_dibao, dibao, exit_decided_on, on, gradual_exit_months):
    return receiving_dibao and not dibao and 0 <= months_between(exit_decided_on, on) <= gradual_exit_months


@household("应急期间暂不退出", cite="各省规定（标准 emergency_no_exit）")
def exit_suspended(receiving_dibao, dibao, emergency_no_exit, stops_suspended):
    return receiving_dibao and not dibao and (emergency_no_exit or stops_suspended)


@household("渐退或暂缓退出期间保留的金额", cite="各省规定（标准 gradual_exit_months、emergency_no_exit）")
def retained_amount(in_gradual_exit, exit_suspended, previous_amount):
    return previous_amount if in_gradual_exit or exit_suspended else 0


@household("月救助金合计", cite="社会救助暂行办法 第十二条", until="2021-07-01", result=True)
@household("月救助金合计", cite="民发〔2021〕57号 第二十三条", since="2021-07-01", result=True)
def monthly_payment(
    family_amount,
    work_refusal_cut,
    retained_amount,
    single=total("single_amount"),
    extra=total("class_topup"),
):
    return family_amount - work_refusal_cut + single + extra + retained_amount


@household("月人均救助水平监测线", cite="各省民生实事目标（仅供监测）")
def monitoring_line(category, mean_topup_urban, mean_topup_rural):
    return mean_topup_urban if category == "城市" else mean_topup_rural


# 这是对全省平均水平的考核目标，不是个人的最低金额，不得据此提高某一家的救助金
@household("人均低于监测线（仅供监测，不影响金额）", cite="各省民生实事目标（仅供监测）")
def below_monitoring_line(dibao, family_amount, monitoring_line, size):
    return dibao and family_amount < monitoring_line * size
