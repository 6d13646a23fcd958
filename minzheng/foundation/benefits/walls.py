"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "benefits.Entitlement": region(own=["household", "person", "payee"]).or_when(
        "organisation_id = ANY ((SELECT walls.organisations())::bigint[])"
    ),
    "benefits.EntitlementAmount": through("entitlement"),
    "benefits.SuspensionPeriod": through("entitlement"),
}
