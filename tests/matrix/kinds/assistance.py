"""What the matrices must know of assistance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.business.assistance.models import Study, Support
from minzheng.business.assistance.poor.models import RegisteredPoor
from minzheng.business.assistance.referrals.models import Referral
from minzheng.foundation.benefits.models import Entitlement
from tests.matrix.places import COUNTY, MONTH

SPECIAL: dict[type[Model], dict[str, Any]] = {
    Study: {**COUNTY, "state": "done", "percent": 40, "low_fen": 1, "high_fen": 1},
    Support: {"entitlement": lambda place: place.get(Entitlement)},
    Referral: {"due_on": MONTH + dt.timedelta(days=30)},
    RegisteredPoor: {"id_no": lambda place: place.county},
}
KINDS: dict[str, type[Model]] = {
    "desk/relative-poverty/<": Study,
    "desk/tekun/<": Support,
}
