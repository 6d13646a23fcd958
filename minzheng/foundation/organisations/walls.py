"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region

WALLS = {
    # Its own account; and whoever sees one of its facilities sees who runs it, wherever that is registered.
    "organisations.Organisation": region().or_when(
        "{key} = ANY ((SELECT walls.own_organisations())::bigint[])"
        " OR EXISTS (SELECT FROM facilities_facility f WHERE f.organisation_id = {key})"
    )
}
