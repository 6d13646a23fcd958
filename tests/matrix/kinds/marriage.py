"""What the matrices must know of marriage."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.business.marriage.models import (
    ArchiveSearch,
    CounselSession,
    CreditRecord,
    Declined,
    Divorce,
    Marriage,
    Registrar,
    Registration,
    Registry,
    RiskAlert,
)
from minzheng.foundation.accounts.models import User
from minzheng.foundation.people.models import Person
from tests.matrix.places import COUNTY, MONTH, OWN, another

SPECIAL: dict[type[Model], dict[str, Any]] = {
    Registry: {**COUNTY, "code": lambda place: place.county[:6]},
    Marriage: {**COUNTY, "woman": another},
    Registration: {
        **COUNTY,
        "number": lambda place: f"J{place.county[:6]}-2026-000001",
        "man": lambda place: place.get(Person),
    },
    Divorce: {
        **COUNTY,
        "woman": another,
        "cooling_until": MONTH + dt.timedelta(days=30),
        "window_from": MONTH + dt.timedelta(days=31),
        "window_until": MONTH + dt.timedelta(days=60),
    },
    ArchiveSearch: {**COUNTY, "letter_no": "公函1号"},
    CreditRecord: {**COUNTY, "expires_on": MONTH + dt.timedelta(days=365)},
    CounselSession: COUNTY,
    Declined: COUNTY,
    RiskAlert: COUNTY,
    # the registrars of the two places are qualified there
    Registrar: {
        **COUNTY,
        "user": lambda place: User.objects.get(
            username="registrar-own" if place.county == OWN else "registrar-sibling"
        ),
    },
}
KINDS: dict[str, type[Model]] = {
    "desk/marriage/rows/<": Registration,
    "desk/marriage/declined/<": Declined,
    "desk/marriage/searches/<": ArchiveSearch,
    "desk/marriage/divorces/<": Divorce,
    "desk/marriage/counsel/<": CounselSession,
}
