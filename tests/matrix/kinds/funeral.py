"""What the matrices must know of funeral."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.business.funeral.models import Bill, Reception, Spot, Tribute
from minzheng.business.funeral.models import Place as BurialPlace
from minzheng.business.funeral.models import Run as WaiverRun
from minzheng.business.funeral.models import Use as BurialUse
from tests.matrix.places import COUNTY, MONTH

SPECIAL: dict[type[Model], dict[str, Any]] = {
    Bill: {"total_fen": 2},  # waived and paid by the family, one each
    BurialUse: {"until": MONTH + dt.timedelta(days=3650)},
    Tribute: {"kind": "words"},
    WaiverRun: COUNTY,
}
KINDS: dict[str, type[Model]] = {
    "desk/funeral/receptions/<": Reception,
    "desk/funeral/places/<": BurialPlace,
    "desk/funeral/spots/<": Spot,
    "desk/funeral/runs/<": WaiverRun,
}
