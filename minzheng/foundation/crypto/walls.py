"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal

WALLS = {"crypto.KnownKey": not_personal("密钥的编号和指纹，没有密钥本身")}
