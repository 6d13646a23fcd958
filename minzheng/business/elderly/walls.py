"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

_PROVIDER = "provider_id = ANY ((SELECT walls.organisations())::bigint[])"

_RUN_BY = """
    EXISTS (SELECT FROM facilities_facility f WHERE f.id = facility_id
            AND f.organisation_id = ANY ((SELECT walls.organisations())::bigint[]))
"""

WALLS = {
    "elderly.Assessment": region(own=["person"]),
    "elderly.AssessmentDraft": through("case"),
    "elderly.Voucher": region(own=["person"]),
    "elderly.VoucherUse": through("voucher"),
    "elderly.CareBed": region(own=["person"]).or_when(_PROVIDER),
    "elderly.Device": region(own=["person"]),
    "elderly.Alarm": region(own=["person"]),
    "elderly.Renovation": region(own=["person"]).or_when(_PROVIDER),
    "elderly.Visited": region(own=["person"]),
    "elderly.ClinicContract": region(),
    "elderly.HomeClinic": region().or_when(_RUN_BY),
    "elderly.DayGuest": region(own=["person"]).or_when(_RUN_BY),
    "elderly.Attendance": through("guest"),
    "elderly.MutualHelper": region().or_when(_RUN_BY),
    "elderly.Duty": through("helper"),
    "elderly.MutualActivity": region().or_when(_RUN_BY),
    "elderly.Course": region().or_when(_RUN_BY),
    "elderly.Trainee": through("course"),
    "elderly.Guaranteed": region(own=["person"]),
    "elderly.Inspection": region().or_when(_RUN_BY),
    "elderly.Clue": region(reads=("elder_fraud.work",)),
    "elderly.Estate": region(),
    "elderly.Penalty": not_personal("行政处罚决定依法公开（政府信息公开条例 第二十条）"),
}

# Whoever sees a bed or the works sees who is responsible for them, wherever that is registered.
KNOWN = {
    # A centre knows its guests.
    "people.Person": """
        EXISTS (SELECT FROM elderly_dayguest g JOIN facilities_facility f ON f.id = g.facility_id
                WHERE g.person_id = wanted AND f.organisation_id = ANY ((SELECT walls.organisations())::bigint[]))
    """,
    "organisations.Organisation": """
        EXISTS (SELECT FROM elderly_carebed b WHERE b.provider_id = wanted)
        OR EXISTS (SELECT FROM elderly_renovation w WHERE w.provider_id = wanted)
    """,
}
