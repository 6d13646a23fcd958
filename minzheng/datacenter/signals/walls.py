"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {
    "signals.SignalRun": not_personal("只有进度和总数"),
    "signals.GroupCount": not_personal("按区划汇总的人数"),
    "signals.Sweep": not_personal("排查行动的名称和范围"),
}
