"""Who sees these tables' rows from the web (accounts/walls/words.py): the most restricted class of all."""

from minzheng.foundation.accounts.walls.words import region

# The townships and the county decide on the benefits, which rest on the parents' situation.
DECIDES = ("child.read", "case.handle")

WALLS = {"children.Parent": region(reads=DECIDES, own=["child"])}
