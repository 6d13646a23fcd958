"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "assistance.Support": region(own=["person"]),
    "assistance.CareAgreement": region(own=["carer"], parents=["support"]),
    "assistance.Recognition": region(own=["household"]),
    "assistance.SpotDraw": through("case"),
}
