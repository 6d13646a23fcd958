"""Who sees these tables' rows from the web (accounts/walls/words.py): the county, the home that works on them, the family."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

READERS = ("funeral.read", "funeral.write")


def _run_by(column: str) -> str:
    return (
        f"EXISTS (SELECT FROM facilities_facility f WHERE f.id = {column}"
        " AND f.organisation_id = ANY ((SELECT walls.organisations())::bigint[]))"
    )


WALLS = {
    "funeral.Reception": region(reads=READERS).or_when(_run_by("home_id")),
    "funeral.DeathStatement": region(reads=READERS),
    "funeral.WaiverOffer": region(reads=READERS),
    "funeral.Price": not_personal("收费清单向社会公开"),
    "funeral.Bill": region(reads=READERS).or_when(_run_by("home_id")),
    "funeral.BillLine": through("bill"),
    "funeral.Run": region(reads=READERS),
    "funeral.RunLine": through("run").or_when(_run_by("home_id")),
    "funeral.Place": not_personal("公益性安葬（放）设施向社会公开"),
    "funeral.Spot": not_personal("墓位、格位的状态向社会公开；安葬的是谁不在这张表里"),
    "funeral.Use": region(reads=READERS).or_when(
        "EXISTS (SELECT FROM funeral_spot s JOIN facilities_facility f ON f.id = s.place_id WHERE s.id = spot_id"
        " AND f.organisation_id = ANY ((SELECT walls.organisations())::bigint[]))"
    ),
    "funeral.Term": through("use"),
    "funeral.EcoBurial": region(reads=READERS, own=["family"]),
    "funeral.Transport": region(reads=READERS),
    "funeral.Agent": region(reads=READERS),
    "funeral.Council": region(reads=READERS),
    # Open pages are read by whoever was given the address; views go beyond the wall for those alone.
    "funeral.Memorial": region(reads=READERS, own=["opened_by"]),
    "funeral.Tribute": through("memorial", own=["by"]),
}

# A home knows whose body it holds, and a place who rests there, wherever they come from.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM funeral_reception r JOIN facilities_facility f ON f.id = r.home_id
                WHERE r.person_id = wanted AND (f.region_id ^@ ANY (prefixes)
                      OR f.organisation_id = ANY (walls.organisations())))
        OR EXISTS (SELECT FROM funeral_use u JOIN funeral_spot s ON s.id = u.spot_id
                   JOIN facilities_facility f ON f.id = s.place_id
                   WHERE u.person_id = wanted AND (f.region_id ^@ ANY (prefixes)
                         OR f.organisation_id = ANY (walls.organisations())))
    """
}
