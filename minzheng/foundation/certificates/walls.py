"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region

WALLS = {
    "certificates.Issuer": not_personal("发证机关"),
    "certificates.Issued": region(own=["person", "household"]),
}
