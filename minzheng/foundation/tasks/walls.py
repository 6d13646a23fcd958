"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "tasks.Task": region("region", "office"),
    "tasks.TaskVisit": through("task"),
    "tasks.TaskVisit_photos": through("taskvisit"),
    "tasks.TaskVisit_signatures": through("taskvisit"),
}
