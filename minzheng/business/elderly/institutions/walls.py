"""Who sees these tables' rows from the web (accounts/walls/words.py): whoever sees the home."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "institutions.Home": through("facility"),
    **{
        f"institutions.{name}": through("home")
        for name in ("Staff", "Bed", "Resident", "Accident", "Check", "Prepaid", "SubsidyYear")
    },
    "institutions.Check_proofs": through("check"),
    "institutions.Stay": through("resident"),
    "institutions.CarePlace": through("person"),
    "institutions.Run": region(),
    "institutions.RunLine": through("home"),
}

# A home knows who lives there, wherever they come from.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM institutions_resident r JOIN facilities_facility f ON f.id = r.home_id
                WHERE r.person_id = wanted AND (f.region_id ^@ ANY (prefixes)
                      OR f.organisation_id = ANY (walls.organisations())))
    """
}
