"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {
    "ledger.Account": not_personal("资金账户按来源、项目、地区设，不按人设"),
    "ledger.Entry": not_personal("账目按批次记，只有批次号和编号"),
    "ledger.Posting": not_personal("账目按批次记，只有金额"),
}
