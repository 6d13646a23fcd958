"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

_PROVIDER = "provider_id = ANY ((SELECT walls.organisations())::bigint[])"

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
}

# Whoever sees a bed or the works sees who is responsible for them, wherever that is registered.
KNOWN = {
    "organisations.Organisation": """
        EXISTS (SELECT FROM elderly_carebed b WHERE b.provider_id = wanted)
        OR EXISTS (SELECT FROM elderly_renovation w WHERE w.provider_id = wanted)
    """
}
