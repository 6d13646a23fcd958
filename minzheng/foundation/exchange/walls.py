"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {"exchange.ExchangeCall": region(reads=["exchange.read"], account=["requester"], inserts=True)}
