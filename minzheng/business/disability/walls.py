"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {
    "disability.Rehab": region(own=["person"]),
    "disability.CareNeed": region(own=["person"]),
    "disability.Placement": region(own=["person"]),
    "disability.Closure": region(),
    "disability.Aid": region(),
    "disability.AidDevice": region(),
    "disability.AidLoan": region(own=["person"]),
}
