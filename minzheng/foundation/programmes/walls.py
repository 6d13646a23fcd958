"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

READS = ("programme.read",)

WALLS = {
    "programmes.PlanNumber": region(reads=READS),
    "programmes.Undertaking": region(reads=READS),
    "programmes.Undertaking_proofs": through("undertaking"),
    "programmes.Figure": through("undertaking"),
    "programmes.StepDone": through("undertaking"),
    "programmes.StepDone_proofs": through("stepdone"),
    "programmes.Check": through("undertaking"),
    "programmes.Problem": region(reads=READS),
    "programmes.Problem_found_photos": through("problem"),
    "programmes.Problem_fixed_photos": through("problem"),
}
