"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"backup.BackupRun": not_personal("备份的时间、行数和校验值")}
