"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region

WALLS = {
    "disability.Rehab": region(own=["person"]),
    "disability.CareNeed": region(own=["person"]),
    "disability.Placement": region(own=["person"]),
    "disability.Closure": not_personal("机构的管理状态"),
    "disability.Aid": not_personal("全县的辅具目录和价格"),
    "disability.AidDevice": not_personal("货架上的辅具；谁在用另有台账"),
    "disability.AidLoan": region(own=["person"]),
}
