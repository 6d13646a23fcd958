"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region

WALLS = {
    "facilities.Facility": region().or_when(
        "organisation_id = ANY ((SELECT walls.own_organisations())::bigint[])"
    ),
    "facilities.Seat": not_personal("村（居）委会驻地是公开的"),
}
