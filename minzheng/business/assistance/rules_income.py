"""可支配收入：哪些计入，哪些不计入，可以扣减什么（民发〔2021〕57号 第十三条）。收入都是每年的整分。"""

from minzheng.foundation.rules.words import household, person, round_half_up, total


@person("扣除必要就业成本后的工资", cite="民发〔2012〕220号", until="2021-07-01")
@person("扣除必要就业成本后的工资", cite="民发〔2021〕57号 第十三条第一项", since="2021-07-01")
def wage_after_cost(wage, work_cost_percent):
    return wage - round_half_up(wage * work_cost_percent, 100)


# 中央确定的基础养老金只在规定年限内不计入，年限写在标准里
@person("计入的城乡居民基本养老金", cite="民发〔2012〕220号", until="2021-07-01")
@person("计入的城乡居民基本养老金", cite="民发〔2021〕57号 第十三条", since="2021-07-01")
def counted_pension(resident_pension, resident_pension_central, central_pension_uncounted):
    return (
        max(resident_pension - resident_pension_central, 0)
        if resident_pension > 0 and central_pension_uncounted
        else resident_pension
    )


@person("计入的高龄津贴", cite="民发〔2012〕220号", until="2021-07-01")
@person("计入的高龄津贴", cite="民发〔2021〕57号 第十三条（各地规定）", since="2021-07-01")
def counted_old_age_allowance(old_age_allowance, old_age_allowance_counted):
    return old_age_allowance if old_age_allowance_counted else 0


# 只有规定劳动力系数的地方才推算；确实找不到工作的例外（民发〔2022〕83号）
@person("推算的劳动收入", cite="民发〔2012〕220号", until="2021-07-01")
@person("推算的劳动收入", cite="民发〔2021〕57号 第十三条", since="2021-07-01", until="2022-10-20")
@person("推算的劳动收入", cite="民发〔2021〕57号 第十三条；民发〔2022〕83号", since="2022-10-20")
def imputed_income(
    imputed_wage, labour_ability, employed, cannot_find_work, full_time_study, years_old, adult_age, elder_age
):
    return (
        imputed_wage
        if imputed_wage > 0
        and labour_ability == "有"
        and not employed
        and not cannot_find_work
        and not full_time_study
        and adult_age <= years_old < elder_age
        else 0
    )


@person("本人计入收入", cite="民发〔2012〕220号", until="2021-07-01")
@person("本人计入收入", cite="民发〔2021〕57号 第十三条", since="2021-07-01")
def personal_income(
    counted,
    wage_after_cost,
    business_income,
    property_income,
    counted_pension,
    counted_old_age_allowance,
    other_income,
    imputed_income,
):
    return (
        wage_after_cost
        + business_income
        + property_income
        + counted_pension
        + counted_old_age_allowance
        + other_income
        + imputed_income
        if counted
        else 0
    )


@person("依法不计入的收入（仅展示）", cite="民发〔2012〕220号", until="2021-07-01")
@person("依法不计入的收入（仅展示）", cite="民发〔2021〕57号 第十三条；国发〔2015〕52号", since="2021-07-01")
def personal_uncounted(counted, uncounted_income, old_age_allowance, counted_old_age_allowance):
    return uncounted_income + old_age_allowance - counted_old_age_allowance if counted else 0


@household("家庭不计入收入合计（仅展示）", cite="民发〔2012〕220号", until="2021-07-01")
@household("家庭不计入收入合计（仅展示）", cite="民发〔2021〕57号 第十三条", since="2021-07-01")
def family_uncounted(amount=total("personal_uncounted")):
    return amount


@person("本人转移性收入", cite="民发〔2012〕220号", until="2021-07-01")
@person("本人转移性收入", cite="民发〔2021〕57号 第十三条第四项", since="2021-07-01")
def personal_transfer_in(counted, transfer_received):
    return transfer_received if counted else 0


@person("本人转移性支出", cite="民发〔2012〕220号", until="2021-07-01")
@person("本人转移性支出", cite="民发〔2021〕57号 第十三条第四项", since="2021-07-01")
def personal_transfer_out(counted, transfer_paid):
    return transfer_paid if counted else 0


@household("转移净收入", cite="民发〔2012〕220号", until="2021-07-01")
@household("转移净收入", cite="民发〔2021〕57号 第十三条第四项", since="2021-07-01")
def net_transfer(received=total("personal_transfer_in"), paid=total("personal_transfer_out")):
    return max(received - paid, 0)


@household("义务人供养能力起算线", cite="各省规定（标准 obligor_line_percent）")
def obligor_line(dibao_standard, obligor_line_percent):
    return round_half_up(dibao_standard * obligor_line_percent, 100)


# 判决或协议高于推算的，按判决或协议
@person("义务人供养费", cite="民发〔2012〕220号", until="2021-07-01")
@person("义务人供养费", cite="民发〔2021〕57号 第十三条；各省规定", since="2021-07-01")
def obligor_support(
    outside_obligor,
    obligor_income_per_head,
    obligor_line,
    obligor_support_percent,
    obligor_supported,
    support_agreed,
):
    return (
        max(
            support_agreed,
            round_half_up(
                max(obligor_income_per_head - obligor_line, 0) * obligor_support_percent,
                100 * obligor_supported,
            ),
        )
        if outside_obligor
        else 0
    )


@household("刚性支出扣减", cite="民发〔2012〕220号", until="2021-07-01")
@household("刚性支出扣减", cite="民发〔2021〕57号 第十三条", since="2021-07-01")
def allowed_deduction(rigid_deduction, rigid_deduction_allowed):
    return rigid_deduction if rigid_deduction_allowed else 0


@household("家庭年收入", cite="民发〔2012〕220号", until="2021-07-01", result=True)
@household("家庭年收入", cite="民发〔2021〕57号 第十三条", since="2021-07-01", result=True)
def income(
    net_transfer, allowed_deduction, earned=total("personal_income"), support=total("obligor_support")
):
    return max(earned + net_transfer + support - allowed_deduction, 0)


@household("家庭月人均收入（仅展示）", cite="民发〔2012〕220号", until="2021-07-01", result=True)
@household("家庭月人均收入（仅展示）", cite="民发〔2021〕57号 第三条", since="2021-07-01", result=True)
def income_per_head(income, size):
    return round_half_up(income, 12 * size) if size > 0 else 0
