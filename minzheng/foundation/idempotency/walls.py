"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import closed

WALLS = {
    # Whoever chose the key; a client's and a visitor's own name is checked by the query (once.py).
    "idempotency.KeyedRequest": closed().or_when(
        "owner = 'user:' || (SELECT walls.account()) OR owner ^@ 'visitor:'"
        " OR (owner ^@ 'client:' AND (SELECT walls.account()) IS NOT NULL)"
    )
}
