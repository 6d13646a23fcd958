"""家庭财产是否符合规定（民发〔2021〕57号 第十四条）。限额由各地规定，写在标准里。"""

from minzheng.foundation.rules.words import household, round_half_up


@household("月低保标准", cite="民发〔2012〕220号", until="2021-07-01")
@household("月低保标准", cite="民发〔2021〕57号 第三条", since="2021-07-01")
def dibao_standard_monthly(dibao_standard):
    return round_half_up(dibao_standard, 12)


@household("金融资产合计", cite="民发〔2012〕220号", until="2021-07-01")
@household("金融资产合计", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def financial_assets(deposits, securities, insurance_value, claims, internet_finance):
    return deposits + securities + insurance_value + claims + internet_finance


@household("金融资产限额", cite="各省规定（标准 financial_assets_months）")
def financial_assets_limit(dibao_standard_monthly, financial_assets_months, size):
    return dibao_standard_monthly * financial_assets_months * size


@household("金融资产不超过限额", cite="民发〔2012〕220号", until="2021-07-01")
@household("金融资产不超过限额", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def financial_assets_within(financial_assets, financial_assets_limit):
    return financial_assets <= financial_assets_limit


@household("房屋不超过规定", cite="民发〔2012〕220号", until="2021-07-01")
@household("房屋不超过规定", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def houses_within(houses, houses_most):
    return houses <= houses_most


@household("机动车、船舶不超过规定", cite="民发〔2012〕220号", until="2021-07-01")
@household("机动车、船舶不超过规定", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def cars_within(cars, cars_most):
    return cars <= cars_most


@household("财产状况符合规定", cite="民发〔2012〕220号", until="2021-07-01")
@household("财产状况符合规定", cite="民发〔2021〕57号 第十四条", since="2021-07-01")
def property_within_limits(financial_assets_within, houses_within, cars_within):
    return financial_assets_within and houses_within and cars_within
