"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import through

WALLS = {
    "reserves.Voucher": through("fund", own=["person"]),
    "reserves.Reconciliation": through("fund"),
}
