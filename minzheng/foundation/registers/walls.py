"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import account, region, through

WALLS = {
    "registers.SavedView": account("owner").or_when("shared_with_id IS NOT NULL"),
    "registers.Job": region(reads=["export.approve"], account=["owner"]),
    "registers.ImportRow": through("job"),
}
