"""老年人能力评估：26项得分怎样成为等级（GB/T 42195—2022）。

等级从轻到重编号：0 能力完好、1 轻度、2 中度、3 重度、4 完全失能。一项没有评，总分就是未知，等级就是未定。
"""

from minzheng.foundation.rules.words import person


@person("自理能力得分", cite="GB/T 42195—2022 自理能力", since="2022-12-30")
def ability_selfcare(
    ability_eating,
    ability_grooming,
    ability_bathing,
    ability_upper,
    ability_lower,
    ability_urine,
    ability_stool,
    ability_toilet,
):
    return (
        ability_eating
        + ability_grooming
        + ability_bathing
        + ability_upper
        + ability_lower
        + ability_urine
        + ability_stool
        + ability_toilet
    )


@person("基础运动能力得分", cite="GB/T 42195—2022 基础运动能力", since="2022-12-30")
def ability_movement(ability_bed, ability_transfer, ability_walking, ability_stairs):
    return ability_bed + ability_transfer + ability_walking + ability_stairs


@person("精神状态得分", cite="GB/T 42195—2022 精神状态", since="2022-12-30")
def ability_mind(
    ability_time,
    ability_space,
    ability_people,
    ability_memory,
    ability_understanding,
    ability_expression,
    ability_aggression,
    ability_depression,
    ability_consciousness,
):
    return (
        ability_time
        + ability_space
        + ability_people
        + ability_memory
        + ability_understanding
        + ability_expression
        + ability_aggression
        + ability_depression
        + ability_consciousness
    )


@person("感知觉与社会参与得分", cite="GB/T 42195—2022 感知觉与社会参与", since="2022-12-30")
def ability_senses(ability_sight, ability_hearing, ability_daily, ability_transport, ability_social):
    return ability_sight + ability_hearing + ability_daily + ability_transport + ability_social


@person("能力总分", cite="GB/T 42195—2022（四个维度合计）", since="2022-12-30")
def ability_points(ability_selfcare, ability_movement, ability_mind, ability_senses):
    return ability_selfcare + ability_movement + ability_mind + ability_senses


@person("初步等级", cite="GB/T 42195—2022（等级划分）", since="2022-12-30")
def ability_first_level(
    ability_points, ability_intact_points, ability_mild_points, ability_moderate_points, ability_severe_points
):
    return (
        (1 if ability_points < ability_intact_points else 0)
        + (1 if ability_points < ability_mild_points else 0)
        + (1 if ability_points < ability_moderate_points else 0)
        + (1 if ability_points < ability_severe_points else 0)
    )


@person("因诊断或照护风险加重一级", cite="GB/T 42195—2022（等级变更）", since="2022-12-30")
def ability_is_raised(ability_dementia, ability_disorder, ability_risk_events, ability_risk_events_limit):
    return ability_dementia or ability_disorder or ability_risk_events >= ability_risk_events_limit


@person("能力等级（0至4）", cite="GB/T 42195—2022（等级划分、等级变更）", since="2022-12-30", result=True)
def ability_level(ability_first_level, ability_is_raised, ability_coma, ability_worst_level):
    return (
        ability_worst_level
        if ability_coma
        else min(ability_worst_level, ability_first_level + (1 if ability_is_raised else 0))
    )


@person("已评出能力等级", cite="GB/T 42195—2022", since="2022-12-30", result=True)
def ability_assessed(alive, ability_level):
    return alive and ability_level >= 0


@person("已经去世", cite="GB/T 42195—2022", since="2022-12-30")
def reason_ability_dead(alive):
    return not alive
