"""What the matrices must know of the data centre's objects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.indicators.models import Target
from minzheng.datacenter.lake.models import LakeRun
from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.signals.models import Alert, Sweep
from minzheng.datacenter.simulation.models import Simulation
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.verification.models import Authorisation, Check, CheckObjection
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Person
from tests.matrix.places import COUNTY, MONTH

SPECIAL: dict[type[Model], dict[str, Any]] = {
    LakeRun: COUNTY,
    Sweep: COUNTY,
    Target: {**COUNTY, "comparator": "at_least"},
    MonthlyReport: COUNTY,
    Simulation: COUNTY,
    Check: {"case": lambda place: place.get(Case), "number": lambda place: f"HD{place.serial}"},
    Authorisation: {"until": MONTH + dt.timedelta(days=90)},
    Finding: {"person": lambda place: place.get(Person)},
    Alert: {"person": lambda place: place.get(Person)},
}
KINDS: dict[str, type[Model]] = {
    "desk/findings/<": Finding,
    "desk/checks/<": Check,
    "desk/signals/sweeps/<": Sweep,
    "desk/data/lake/runs/<": LakeRun,
    "desk/data/deliveries/<": Delivery,
    "desk/targets/<": Target,
    "desk/statistics/<": MonthlyReport,
    "desk/statistics/^(": MonthlyReport,
    "cockpit/simulations/<": Simulation,
}
SECOND: dict[str, type[Model]] = {
    "/objections/<int:pk>/": CheckObjection,
    "/consents/<int:pk>/withdraw/": Authorisation,
}
WORDS: dict[str, dict[str, str]] = {
    "desk/signals/<slug:code>/": {"code": "medical"},
    "desk/data/deliveries/formats/<str:code>/sample/": {"code": "file.vehicles"},
    "desk/indicators/<code>/": {"code": "N01"},
    "desk/indicators/<code>/report/": {"code": "N01"},
}
