"""What the matrices must know of elderly."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from minzheng.business.elderly.assessment.models import Assessment as AbilityAssessment
from minzheng.business.elderly.daycare.models import DayGuest
from minzheng.business.elderly.homecare.models import Alarm as HomeAlarm
from minzheng.business.elderly.homecare.models import Device as CareDevice
from minzheng.business.elderly.institutions.models import Check as HomeCheck
from minzheng.business.elderly.institutions.models import Home
from minzheng.business.elderly.institutions.models import Run as HomeRun
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.oversight.models import Inspection
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.foundation.people.models import Person
from tests.matrix.places import COUNTY, another

SPECIAL: dict[type[Model], dict[str, Any]] = {
    AbilityAssessment: {
        "second": lambda place: place.make(Person),
        "supervisor": lambda place: place.make(Person),
        "points": 4,  # the four parts together
    },
    Inspection: {"second": another},
    DayGuest: {"person": lambda place: place.get(Person)},
    ClinicContract: {"id_no": lambda place: place.county},
    Renovation: {"home": lambda place: place.county, "works": ["扶手"]},
    HomeAlarm: {"key": lambda place: place.county},
    CareDevice: {"serial": lambda place: place.county},
    HomeRun: {**COUNTY, "benefit": "home_operating"},
    HomeCheck: {"kind": "patrol"},
}
KINDS: dict[str, type[Model]] = {
    "desk/homes/<": Home,
    "desk/dispatch/alarms/<": HomeAlarm,
    "desk/homes/subsidies/<": HomeRun,
}
REGION: dict[type[Model], str] = {
    Home: "facility__region_id",
}
