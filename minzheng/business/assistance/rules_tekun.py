"""特困人员救助供养：三个条件、义务人有没有能力、自理能力分档、每月供养金（民发〔2021〕43号；国发〔2016〕14号）。

三个条件缺一不可：无劳动能力；无生活来源；没有法定义务人，或者义务人都没有履行义务的能力。
义务人各写一行（outside_obligor），有一人有能力就不符合；有一人情况不明就是“未定”，不当作没有能力。
43号的条款号按手册待核。EX10、EX11、EX12 见 examples/a4_tekun.yaml。
"""

from minzheng.foundation.rules.words import all_of, count, household, person, round_half_up


@person("残疾符合无劳动能力情形", cite="民发〔2021〕43号 第五条", since="2021-07-01")
def tekun_disabled(
    disability_type,
    disability_grade,
    tekun_mind_types,
    tekun_mind_grades,
    tekun_body_types,
    tekun_body_grades,
    tekun_sight_types,
    tekun_sight_grades,
):
    return (
        (disability_type in tekun_mind_types and disability_grade in tekun_mind_grades)
        or (disability_type in tekun_body_types and disability_grade in tekun_body_grades)
        or (disability_type in tekun_sight_types and disability_grade in tekun_sight_grades)
    )


# 已经认定的未成年人继续供养到18周岁；满18周岁仍在义务教育、高中或中职就读的，继续供养
@person("未成年人继续供养", cite="民发〔2021〕43号", since="2021-07-01", until="2026-07-01")
@person("未成年人继续供养", cite="社会救助法 第十六条；民发〔2021〕43号", since="2026-07-01")
def tekun_minor_stays(on_tekun, years_old, adult_age, education, tekun_study):
    return on_tekun and (years_old < adult_age or education in tekun_study)


@person("无劳动能力", cite="民发〔2021〕43号 第五条", since="2021-07-01")
def tekun_no_labour(years_old, elder_age, tekun_minor_age, tekun_disabled, tekun_minor_stays):
    return years_old >= elder_age or years_old < tekun_minor_age or tekun_disabled or tekun_minor_stays


# 中央确定的基础养老金、社会保险待遇、优待抚恤金、高龄津贴不计入；此处不像低保那样有年限
@person("本人计入的城乡居民养老金", cite="民发〔2021〕43号 第六条", since="2021-07-01")
def tekun_pension(resident_pension, resident_pension_central):
    return max(resident_pension - resident_pension_central, 0) if resident_pension > 0 else 0


@person("本人收入（特困认定）", cite="民发〔2021〕43号 第六条", since="2021-07-01")
def tekun_income(
    wage, business_income, property_income, tekun_pension, transfer_received, transfer_paid, other_income
):
    return (
        wage
        + business_income
        + property_income
        + tekun_pension
        + max(transfer_received - transfer_paid, 0)
        + other_income
    )


@person("本人收入低于低保标准", cite="民发〔2021〕43号 第六条", since="2021-07-01")
def tekun_income_below(tekun_income, dibao_standard):
    return tekun_income < dibao_standard


@person("本人财产符合规定", cite="民发〔2021〕43号 第七条；各地规定", since="2021-07-01")
def tekun_property_within(
    own_assets, own_houses, own_cars, dibao_standard_monthly, tekun_assets_months, houses_most, cars_most
):
    return (
        own_assets <= dibao_standard_monthly * tekun_assets_months
        and own_houses <= houses_most
        and own_cars <= cars_most
    )


@person("义务人收入低于当地人均可支配收入且财产符合规定", cite="民发〔2021〕43号 第八条", since="2021-07-01")
def obligor_poor(obligor_income, disposable_income, obligor_property_within):
    return obligor_income < disposable_income and obligor_property_within


@person("义务人无履行义务能力", cite="民发〔2021〕43号 第八条", since="2021-07-01")
def obligor_unable(
    outside_obligor,
    alive,
    duty_status,
    years_old,
    elder_age,
    tekun_obligor_age,
    severely_disabled,
    obligor_poor,
    obligor_property_within,
):
    return (
        not outside_obligor
        or not alive
        or duty_status == "特困人员"
        or (duty_status == "低保对象" and years_old >= elder_age)
        or (years_old >= tekun_obligor_age and obligor_poor)
        or (severely_disabled and obligor_poor)
        or (duty_status in ("无民事行为能力", "宣告失踪", "服刑") and obligor_property_within)
    )


@household("义务人都没有履行义务的能力", cite="民发〔2021〕43号 第八条", since="2021-07-01")
def obligors_unable(everyone=all_of("obligor_unable")):
    return everyone


@household("列出的义务人数", cite="民发〔2021〕43号 第八条", since="2021-07-01")
def obligors_listed(listed=count("outside_obligor")):
    return listed


# 说有义务人却一个也没列出，不能当作都没有能力
@person("没有义务人，或义务人无履行义务能力", cite="民发〔2021〕43号 第四条、第八条", since="2021-07-01")
def tekun_unsupported(has_supporters, obligors_listed, obligors_unable):
    return not has_supporters or (obligors_listed > 0 and obligors_unable)


@person("没有选择孤儿、事实无人抚养儿童保障", cite="民发〔2021〕43号 第九条", since="2021-07-01")
def tekun_no_child_benefit(on_orphan, on_unattended_full):
    return not on_orphan and not on_unattended_full


@person("没有服刑、宣告失踪", cite="民发〔2021〕43号（终止情形）", since="2021-07-01")
def tekun_present(custody_status):
    return custody_status not in ("服刑", "宣告失踪")


@person("特困人员", cite="民发〔2021〕43号 第四条", since="2021-07-01", until="2026-07-01", result=True)
@person("特困人员", cite="社会救助法 第十五条；民发〔2021〕43号 第四条", since="2026-07-01", result=True)
def tekun(
    alive,
    tekun_no_labour,
    tekun_income_below,
    tekun_property_within,
    tekun_unsupported,
    tekun_no_child_benefit,
    tekun_present,
):
    return (
        alive
        and tekun_no_labour
        and tekun_income_below
        and tekun_property_within
        and tekun_unsupported
        and tekun_no_child_benefit
        and tekun_present
    )


@person("不能自主完成的项数（六项）", cite="民发〔2021〕43号（自理能力评估）", since="2021-07-01")
def care_failures(self_eat, self_dress, self_bed, self_toilet, self_walk, self_wash):
    return (
        (0 if self_eat else 1)
        + (0 if self_dress else 1)
        + (0 if self_bed else 1)
        + (0 if self_toilet else 1)
        + (0 if self_walk else 1)
        + (0 if self_wash else 1)
    )


@person("完全丧失自理能力", cite="民发〔2021〕43号（自理能力评估）", since="2021-07-01")
def care_unable(care_failures, care_unable_items):
    return care_failures >= care_unable_items


@person("部分丧失自理能力", cite="民发〔2021〕43号（自理能力评估）", since="2021-07-01")
def care_partly(care_failures, care_partly_items, care_unable_items):
    return care_partly_items <= care_failures < care_unable_items


@person("基本生活供养标准", cite="国发〔2016〕14号 三（不低于低保标准的1.3倍）", since="2021-07-01")
def tekun_basic(dibao_standard, tekun_basic_percent):
    return round_half_up(dibao_standard * tekun_basic_percent, 12 * 100)


@person("照料护理标准", cite="国发〔2016〕14号 三；各地规定", since="2021-07-01")
def tekun_care(care_unable, care_partly, tekun_care_unable, tekun_care_partly, tekun_care_able):
    return tekun_care_unable if care_unable else tekun_care_partly if care_partly else tekun_care_able


@person("特困人员供养金", cite="国发〔2016〕14号 三", since="2021-07-01", result=True)
def tekun_amount(tekun, tekun_basic, tekun_care):
    return tekun_basic + tekun_care if tekun else 0


@person("有劳动能力", cite="民发〔2021〕43号 第五条", since="2021-07-01")
def reason_tekun_labour(tekun_no_labour):
    return not tekun_no_labour


@person("本人收入不低于当地低保标准", cite="民发〔2021〕43号 第六条", since="2021-07-01")
def reason_tekun_income(tekun_income_below):
    return not tekun_income_below


@person("本人财产超过规定", cite="民发〔2021〕43号 第七条；各地规定", since="2021-07-01")
def reason_tekun_property(tekun_property_within):
    return not tekun_property_within


@person("有具备履行义务能力的法定义务人", cite="民发〔2021〕43号 第八条", since="2021-07-01")
def reason_tekun_supported(tekun_unsupported):
    return not tekun_unsupported


@person("已选择孤儿或事实无人抚养儿童保障", cite="民发〔2021〕43号 第九条", since="2021-07-01")
def reason_tekun_child(tekun_no_child_benefit):
    return not tekun_no_child_benefit


@person("服刑或被宣告失踪", cite="民发〔2021〕43号（终止情形）", since="2021-07-01")
def reason_tekun_absent(tekun_present):
    return not tekun_present
