"""What the matrices must know of children."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.business.children.models import CareAgreement, ChildBody, ChildFile, Intake, Residence
from minzheng.foundation.organisations.models import Organisation
from tests.matrix.places import MONTH

SPECIAL: dict[type[Model], dict[str, Any]] = {
    ChildFile: {"id_no": lambda place: place.county},
    CareAgreement: {"until": MONTH + dt.timedelta(days=365)},
    Intake: {
        "state": "left",
        "left_on": MONTH,
        "health_on": MONTH,
        "number": lambda place: f"{place.county}1",
    },
    Residence: {"id_no": lambda place: place.county},
    ChildBody: {
        "uscc": lambda place: place.get(Organisation).uscc,
        "organisation": lambda place: place.get(Organisation),
    },
}
KINDS: dict[str, type[Model]] = {
    "desk/children/agreements/<": CareAgreement,
    "desk/children/intakes/<": Intake,
}
