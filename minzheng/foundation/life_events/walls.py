"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import through

WALLS = {
    "life_events.Recording": through("event"),
    "life_events.Effect": through("event"),
    "life_events.Undoing": through("event"),
}
