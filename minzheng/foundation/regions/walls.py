"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {
    "regions.Region": not_personal("行政区划是公开的"),
    "regions.Boundary": not_personal("行政区划是公开的"),
}
