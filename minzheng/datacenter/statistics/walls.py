"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"statistics.MonthlyReport": not_personal("按区划汇总的月报")}
