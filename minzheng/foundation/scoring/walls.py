"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "scoring.Assessment": region(reads=("rating.read",)),
    "scoring.AwardSplit": region(reads=("rating.read",)),
    "scoring.Seat": through("assessment"),
    "scoring.ItemScore": through("assessment"),
    "scoring.ItemScore_evidence": through("itemscore"),
    "scoring.Objection": through("assessment"),
}
