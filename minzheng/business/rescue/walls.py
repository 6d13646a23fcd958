"""Who sees these tables' rows from the web (accounts/walls/words.py): the station, the county, and a family its own report."""

from minzheng.foundation.accounts.walls.words import region, through

READERS = ("rescue.read", "rescue.write")
STREET = ("rescue.read", "rescue.patrol")

WALLS = {
    "rescue.Stay": region(reads=READERS),
    "rescue.Belonging": through("stay"),
    "rescue.HealthCheck": through("stay"),
    "rescue.Extension": region(reads=READERS),
    "rescue.Refusal": region(reads=READERS),
    "rescue.Search": region(reads=READERS),
    # Published ones are read by everybody; the public page goes beyond the wall for those alone.
    "rescue.PublicNotice": region(reads=READERS),
    "rescue.MissingReport": region(reads=READERS, own=["reporter"]),
    "rescue.Match": region(reads=READERS),
    "rescue.Settlement": region(reads=READERS),
    "rescue.Patrol": region(reads=STREET),
    "rescue.Encounter": region(reads=STREET),
    "rescue.CaseFile": region(reads=READERS),
    "rescue.OutsideCase": region(reads=READERS),
}

# A station knows who stayed with it, wherever they come from.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM rescue_stay s WHERE s.person_id = wanted AND s.region_id ^@ ANY (prefixes))
    """
}
