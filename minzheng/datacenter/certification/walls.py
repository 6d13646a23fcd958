"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {
    "certification.Certification": region(own=["person"]),
    "certification.PlaceNotice": region("region", "to_region", own=["person"]),
}
