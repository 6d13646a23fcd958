"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

WALLS = {
    # Whoever began a case sees it: a neighbour who fills in for somebody, a platform that applies for a citizen.
    # An organisation's cases are seen by whichever account it has today, on citizens' pages too: there it applies.
    "cases.Case": region("region", "accepted_in", own=["applicant", "household"]).or_when(
        "opened_by_id = (SELECT walls.account())"
        " OR organisation_id = ANY ((SELECT walls.own_organisations())::bigint[])"
    ),
    "cases.CasePerson": through("case", own=["person"]),
    "cases.CaseClock": through("case"),
    "cases.CaseMaterial": through("case"),
    "cases.CaseMove": through("case"),
    "cases.Correction": through("case"),
    "cases.Notice": through("case"),
    "cases.Objection": through("case"),
    "cases.Review": through("case"),
    "cases.StaffRelative": through("officer", own=["officer"]),
    "cases.NumberSeries": not_personal("编号的流水"),
}

# Whom a citizen applies for, and whom they name in their application.
KNOWN = {
    "people.Person": """
        EXISTS (SELECT FROM cases_case r WHERE r.applicant_id = wanted AND r.opened_by_id = walls.account())
        OR EXISTS (SELECT FROM cases_caseperson r JOIN cases_case c ON c.id = r.case_id
                   WHERE r.person_id = wanted AND c.applicant_id = walls.person())
    """
}
