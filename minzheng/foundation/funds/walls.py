"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"funds.FundPaper": not_personal("资金下达文件，按区县和项目记")}
