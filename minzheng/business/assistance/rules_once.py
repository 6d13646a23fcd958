"""一次性发放：价格临时补贴（A10）和取暖补助（A11）。算一份待遇发多少；谁算一份、几个人，由名单定（once_persons）。

价格补贴（发改价格〔2021〕1553号）：居民消费价格同比涨幅或其中食品价格涨幅达到启动条件的月份，按低保标准乘以涨幅，每人只发一份。
涨幅以万分之一为单位：4.1% 写 410。取暖补助每户每个采暖季一次，标准由各地规定（种子001 扩到分散供养的特困人员）。
"""

from minzheng.foundation.rules.words import household, round_half_up


@household("达到价格补贴启动条件", cite="发改价格〔2021〕1553号", since="2021-11-01")
def price_triggered(cpi_growth, food_cpi_growth, price_cpi_trigger, price_food_trigger):
    return cpi_growth >= price_cpi_trigger or food_cpi_growth >= price_food_trigger


@household("价格临时补贴金额", cite="发改价格〔2021〕1553号", since="2021-11-01")
def price_subsidy(price_triggered, dibao_standard, cpi_growth, once_persons):
    return (
        round_half_up(dibao_standard * cpi_growth * once_persons, 12 * 100 * 100)
        if price_triggered and cpi_growth > 0
        else 0
    )


@household("可以发放取暖补助", cite="各地规定（标准 heating_household）", since="2018-01-01")
def heating_due(heating_open, once_persons):
    return heating_open and once_persons > 0


@household("取暖补助金额", cite="各地规定（标准 heating_household）", since="2018-01-01")
def heating_subsidy(heating_due, heating_household):
    return heating_household if heating_due else 0


@household("可以发放临时生活补贴", cite="各地发放通知（每次登记文号）", since="2018-01-01")
def living_once_due(living_once_decided, once_persons):
    return living_once_decided and once_persons > 0


@household("临时生活补贴金额", cite="各地发放通知（每次登记文号）", since="2018-01-01")
def living_once(living_once_due, living_once_fen, once_persons):
    return living_once_fen * once_persons if living_once_due else 0
