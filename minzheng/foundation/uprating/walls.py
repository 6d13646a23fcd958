"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {
    "uprating.Uprating": region(reads=["uprating.read"]),
    "uprating.UpratingLine": region(reads=["uprating.read"]),
}
