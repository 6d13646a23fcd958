"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"simulation.Simulation": not_personal("测算只有汇总数")}
