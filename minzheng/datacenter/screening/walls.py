"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"screening.ScreeningRun": not_personal("只有进度和总数")}
