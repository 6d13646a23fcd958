"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {
    "api.ApiClient": not_personal("接口客户是单位和应用；取得令牌时、认出来人之前就要读"),
    "api.Subscription": not_personal("单位登记的接收地址"),
    "api.Delivery": not_personal("推送的事件，只有编号和日期"),
    "api.CallWindow": not_personal("每分钟调用次数，来人只有编号或散列"),
}
