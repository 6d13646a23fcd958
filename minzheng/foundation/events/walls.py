"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import closed

WALLS = {"events.Event": closed(inserts=True)}
