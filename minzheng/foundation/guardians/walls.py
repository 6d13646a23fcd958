"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {"guardians.Guardianship": region(own=["person", "guardian"])}
