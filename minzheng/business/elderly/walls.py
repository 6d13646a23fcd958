"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "elderly.Assessment": region(own=["person"]),
    "elderly.AssessmentDraft": through("case"),
}
