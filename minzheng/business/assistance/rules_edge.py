"""低保边缘家庭与单人户：家庭不符合低保，但其中的重残、重病人员可以单独申请。"""

from minzheng.foundation.rules.words import any_of, household, person, round_half_up


@household(
    "低保边缘家庭", cite="民发〔2021〕57号 第八条", since="2021-07-01", until="2026-07-01", result=True
)
# 自此上浮幅度由各省规定，国家标准集不再给出数值
@household("低保边缘家庭", cite="社会救助法 第二十一条", since="2026-07-01", result=True)
def edge(size, dibao, income, dibao_standard, edge_percent, property_within_limits):
    return (
        size > 0
        and not dibao
        and income * 100 < dibao_standard * size * edge_percent
        and property_within_limits
    )


@person("重度残疾或三级智力、精神残疾", cite="社会救助暂行办法 第十二条", until="2021-07-01")
@person("重度残疾或三级智力、精神残疾", cite="民发〔2021〕57号 第八条", since="2021-07-01")
def severely_disabled(disability_grade, disability_type, severe_grades, severe_third_grade_types):
    return disability_grade in severe_grades or (
        disability_grade == "三级" and disability_type in severe_third_grade_types
    )


@person("本人收入", cite="民发〔2012〕220号", until="2021-07-01")
@person("本人收入", cite="民发〔2021〕57号 第八条、第十三条", since="2021-07-01")
def own_income(personal_income, personal_transfer_in, personal_transfer_out):
    return personal_income + max(personal_transfer_in - personal_transfer_out, 0)


@person("单人户情形", cite="民发〔2021〕57号 第八条", since="2021-07-01")
def single_ground(severely_disabled, serious_illness, clergy_years, clergy_years_away):
    return severely_disabled or serious_illness or clergy_years >= clergy_years_away


@person("无业的成年重度残疾人由兄弟姐妹或老年父母供养", cite="民发〔2022〕83号", since="2022-10-20")
def supported_disabled_adult(severely_disabled, supported_by_kin, employed, years_old, adult_age):
    return severely_disabled and supported_by_kin and not employed and years_old >= adult_age


@person("以单人户享受低保", cite="57号施行前没有全国性规定", until="2021-07-01")
def single_dibao():
    return False


@person("以单人户享受低保", cite="民发〔2021〕57号 第八条", since="2021-07-01", until="2022-10-20")
def single_dibao(counted, edge, single_ground, own_income, dibao_standard):
    return counted and edge and single_ground and own_income < dibao_standard


# 由兄弟姐妹或老年父母供养的，供养费可以豁免，因此不再看家庭是否属于边缘家庭
@person("以单人户享受低保", cite="民发〔2021〕57号 第八条；民发〔2022〕83号", since="2022-10-20")
def single_dibao(
    counted,
    dibao,
    edge,
    single_ground,
    supported_disabled_adult,
    property_within_limits,
    own_income,
    dibao_standard,
):
    return (
        counted
        and not dibao
        and ((edge and single_ground) or (supported_disabled_adult and property_within_limits))
        and own_income < dibao_standard
    )


@person("单人户低保金", cite="57号施行前没有全国性规定", until="2021-07-01")
@person("单人户低保金", cite="民发〔2021〕57号 第八条、第二十三条", since="2021-07-01")
def single_amount(single_dibao, dibao_standard, own_income, pay_rounding_fen):
    return (
        round_half_up(dibao_standard - own_income, 12 * pay_rounding_fen) * pay_rounding_fen
        if single_dibao
        else 0
    )


@household("有成员可以单人户申请", cite="57号施行前没有全国性规定", until="2021-07-01")
@household("有成员可以单人户申请", cite="民发〔2021〕57号 第八条", since="2021-07-01")
def has_single(found=any_of("single_dibao")):
    return found
