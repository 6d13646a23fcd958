"""监测预警：什么情形要派人上门看一看（国办发〔2023〕39号）。预警只开走访任务，绝不自动给予或停发。

界线都是当地可改的标准（standards/national/signals.yaml）。预警怎样运行、派给谁、多少天内，见 signals.py。
"""

from minzheng.foundation.rules.words import any_of, count, household, months_between, person, total


@household("家庭近12个月自付医疗费", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def medical_spending(paid=total("self_paid_medical")):
    return paid


@household("预警：自付医疗费过重", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_medical(medical_spending, signal_medical_limit, income, signal_medical_percent):
    return medical_spending > 0 and (
        medical_spending >= signal_medical_limit or medical_spending * 100 >= income * signal_medical_percent
    )


@person("没有任何残疾或基本生活保障", cite="国办发〔2023〕39号", since="2023-10-08")
def unsupported(receiving_dibao, on_tekun, receiving_disability_subsidy):
    return not receiving_dibao and not on_tekun and not receiving_disability_subsidy


@person("预警：新增重度残疾，尚无保障", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_disability(
    alive, severely_disabled, unsupported, disability_certified_on, on, signal_disability_months
):
    return (
        alive
        and severely_disabled
        and unsupported
        and months_between(disability_certified_on, on) <= signal_disability_months
    )


@person("预警：失业且停缴社会保险", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_unemployment(alive, unemployment_registered, insurance_stopped_on, on, signal_unemployment_months):
    return (
        alive
        and unemployment_registered
        and months_between(insurance_stopped_on, on) >= signal_unemployment_months
    )


@person("有收入的成员服刑、戒毒或失踪", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def earner_away(custody_status, signal_earner_statuses, wage, business_income):
    return custody_status in signal_earner_statuses and wage + business_income > 0


@household("近期失去有收入的成员", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def earner_lost_by_death(earner_died, earner_died_on, on, signal_earner_months):
    return earner_died and months_between(earner_died_on, on) <= signal_earner_months


@household("预警：主要收入来源中断", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_earner(earner_lost_by_death, away=any_of("earner_away")):
    return earner_lost_by_death or away


@person("预警：儿童无人抚养或失学", cite="国办发〔2023〕39号；民发〔2019〕62号", since="2023-10-08")
def signal_child(alive, years_old, adult_age, dropped_out, father_state, mother_state, signal_child_states):
    return (
        alive
        and years_old < adult_age
        and (dropped_out or (father_state in signal_child_states and mother_state in signal_child_states))
    )


@person("现住家中", cite="国办发〔2023〕39号", since="2023-10-08")
def lives_here(alive, outside_obligor, custody_status):
    return alive and not outside_obligor and custody_status == "无"


@household("现住家中的人数", cite="国办发〔2023〕39号", since="2023-10-08")
def people_here(here=count("lives_here")):
    return here


@person("高龄独居", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def lone_elder(lives_here, years_old, signal_elder_age, people_here):
    return lives_here and years_old >= signal_elder_age and people_here == 1


@person("预警：高龄独居老人久未走访", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_elder(lone_elder, visited, days_since_visit, signal_elder_quiet_days):
    return lone_elder and (not visited or days_since_visit >= signal_elder_quiet_days)


@household("在享低保或有特困人员", cite="民发〔2021〕57号；民发〔2021〕43号", since="2023-10-08")
def in_basic_support(receiving_dibao, tekun=any_of("on_tekun")):
    return receiving_dibao or tekun


# 没有人计入家庭人口的（本人已故，或只有特困人员），限额为零，不看财产；亡故另有预警
@household(
    "预警：在享家庭新发现财产或收入", cite="国办发〔2023〕39号；民发〔2021〕57号 第十四条", since="2023-10-08"
)
def signal_reverse(
    in_basic_support,
    size,
    financial_assets_within,
    cars_within,
    business=any_of("business_registered"),
    pension=any_of("employee_pension"),
):
    return in_basic_support and (
        (size > 0 and (not financial_assets_within or not cars_within)) or business or pension
    )


@person("从民政领款", cite="国办发〔2023〕39号", since="2023-10-08")
def paid_by_us(receives_payment):
    return receives_payment


@person("预警：待遇没有到手", cite="国办发〔2023〕39号；本地默认值", since="2023-10-08")
def signal_payment(
    paid_by_us, failed_payments, signal_payment_failures, account_idle_months, signal_payment_idle_months
):
    return paid_by_us and (
        failed_payments >= signal_payment_failures or account_idle_months >= signal_payment_idle_months
    )
