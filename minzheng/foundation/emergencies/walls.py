"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, through

WALLS = {
    "emergencies.NoExit": not_personal("应急令公开，各级都要执行；记到人的只有登记和确认的工作人员"),
    "emergencies.HeldStop": through("case"),
}
