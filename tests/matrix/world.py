"""One small world twice: an object of every kind in 新晃 and its twin in 芷江, and an officer of every role at every height.

The objects come out of the models themselves: what a model demands is filled in by its kind, so a new model is there
at once. `SPECIAL` says only what a constraint asks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.test import Client

from minzheng.business.adoption.models import Adoption, Application, Dissolution, Evaluation, Unsealing
from minzheng.business.assistance.models import Study, Support
from minzheng.business.assistance.poor.models import RegisteredPoor
from minzheng.business.assistance.referrals.models import Referral
from minzheng.business.children.models import CareAgreement, ChildBody, ChildFile, Intake, Residence
from minzheng.business.disability.models import Certificate as DisabilityCard
from minzheng.business.elderly.assessment.models import Assessment as AbilityAssessment
from minzheng.business.elderly.daycare.models import DayGuest
from minzheng.business.elderly.homecare.models import Alarm as HomeAlarm
from minzheng.business.elderly.homecare.models import Device as CareDevice
from minzheng.business.elderly.institutions.models import Check as HomeCheck
from minzheng.business.elderly.institutions.models import Run as HomeRun
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.oversight.models import Inspection
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.funeral.models import Bill, Tribute
from minzheng.business.funeral.models import Run as WaiverRun
from minzheng.business.funeral.models import Use as BurialUse
from minzheng.business.marriage.models import (
    ArchiveSearch,
    CounselSession,
    CreditRecord,
    Divorce,
    Marriage,
    Registrar,
    Registration,
    Registry,
    RiskAlert,
)
from minzheng.business.rescue.models import MissingReport
from minzheng.business.rescue.models import Stay as RescueStay
from minzheng.datacenter.indicators.models import Target
from minzheng.datacenter.lake.models import LakeRun
from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.signals.models import Alert, Sweep
from minzheng.datacenter.simulation.models import Simulation
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.verification.models import Authorisation, Check
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, ResetRequest, Role, RoleRequest, User
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.booking.models import Booking, Counter, Slot
from minzheng.foundation.cases.models import Case
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.people.models import FactSheet, Household, Person
from minzheng.foundation.programmes.models import Problem, Undertaking
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.models import Job
from minzheng.foundation.reserves.models import ReserveFund, Voucher
from minzheng.foundation.scoring.models import Assessment
from minzheng.foundation.services.models import Contract as ServiceContract
from minzheng.foundation.services.models import Order as ServiceOrder
from minzheng.foundation.services.models import Representative, Settlement
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.foundation.uprating.models import Uprating
from minzheng.online.api.models import ApiClient
from tests.matrix.asking import ask

MONTH = dt.date(2026, 10, 1)
CITY = "431200000000"
OWN, SIBLING = "431227000000", "431228000000"


@dataclass
class Place:
    """A county with the township and the village in which its objects are; `marker` stands in every text."""

    county: str
    township: str
    village: str
    marker: str
    serial: str  # six digits, in numbers that must differ
    made: dict[type[Model], Any] = field(default_factory=dict)

    def get(self, model: type[Model]) -> Any:
        """The place's one object of this kind."""
        if model is Region:
            return Region.objects.get(code=self.village)
        if model not in self.made:
            self.made[model] = self.make(model)
        return self.made[model]

    def make(self, model: type[Model], **given: Any) -> Any:
        """One more of this kind, with these fields as they are given."""
        given = {
            name: self.value(what) for name, what in SPECIAL.get(model, {}).items() if name not in given
        } | given
        for one in model._meta.concrete_fields:
            if one.name not in given and one.attname not in given and _is_demanded(one):
                given[one.name] = self.filled(one)
        return model._default_manager.create(**given)

    def value(self, what: Any) -> Any:
        return what(self) if callable(what) else what

    def filled(self, one: Field[Any, Any]) -> Any:
        if isinstance(one, ForeignKey):
            if one.related_model is Region:
                at = self.county if one.name == "county" else self.village
                return Region.objects.get(code=at)
            return self.get(one.related_model)  # type: ignore[arg-type]
        if one.choices:
            return next(iter(one.flatchoices))[0]
        if one.name in WORDS:
            return WORDS[one.name]
        kind = one.get_internal_type()
        if kind == "DateField" and one.name.startswith(ENDS):
            return MONTH + dt.timedelta(days=3650)
        if kind in {"CharField", "TextField", "FileField", "URLField", "SlugField"}:
            return (self.marker + one.name)[: one.max_length or 60]
        return {
            "DateField": MONTH, "DateTimeField": dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC), "JSONField": {},
            "ArrayField": [], "BinaryField": b"", "BooleanField": True, "TimeField": dt.time(9),
        }.get(kind, 1)  # fmt: skip


def _is_demanded(one: Field[Any, Any]) -> bool:
    is_automatic = getattr(one, "auto_now", False) or getattr(one, "auto_now_add", False)
    return not (
        one.null
        or one.has_default()
        or one.blank
        or is_automatic
        or (one.primary_key and not one.is_relation)
    )


# Dates of these names come after those of the others.
ENDS = ("until", "ends", "valid_until", "through")
# What a field of this name holds: words of the program, a place in the country.
WORDS = {
    "longitude": 109.2,
    "latitude": 27.4,
    "benefit": "dibao",
    "programme": "dibao",
    "indicator": "N01",
    "source": "file.vehicles",
    "table": "dibao-monthly",
}


def _at(height: str) -> dict[str, Any]:
    return {"region": lambda place: Region.objects.get(code=getattr(place, height))}


def _another(place: Place) -> Person:
    """The other one of a couple."""
    village = Region.objects.get(code=place.village)
    return Person.objects.get_or_create(name=f"{place.marker}配偶", region=village)[0]


COUNTY, TOWNSHIP = _at("county"), _at("township")
SPECIAL: dict[type[Model], dict[str, Any]] = {
    Case: {
        "item": "A1",
        "step": "correction",
        "status": "correcting",
        "accepted_in": TOWNSHIP["region"],
        "applicant": lambda place: place.get(Person),
        "number": lambda place: f"{place.serial}A1202600001",
    },
    Household: {"category": "rural"},
    RoleRequest: {**COUNTY, "role": Role.VIEWER},
    # for somebody else than the one who asks
    ResetRequest: {**COUNTY, "user": lambda place: User.objects.create(username=f"forgot-{place.county}")},
    Assignment: COUNTY,
    LakeRun: COUNTY,
    Sweep: COUNTY,
    Target: {**COUNTY, "comparator": "at_least"},
    MonthlyReport: COUNTY,
    Simulation: COUNTY,
    Study: {**COUNTY, "state": "done", "percent": 40, "low_fen": 1, "high_fen": 1},
    Support: {"entitlement": lambda place: place.get(Entitlement)},
    Distribution: {**COUNTY, "kind": "price"},
    Uprating: {**COUNTY, "benefit": "dibao", "from_month": MONTH, "through": MONTH},
    Issued: {"kind": "dibao", "rows": [], "person": lambda place: place.get(Person)},
    ReserveFund: {**TOWNSHIP, "kind": "temporary", "ceiling_fen": 2, "floor_fen": 1},
    Voucher: {
        "kind": "top_up",
        "entry": lambda place: receive("central", "dibao", place.county, 1, f"到账{place.county}"),
    },
    FactSheet: {"person": lambda place: place.get(Person)},
    AbilityAssessment: {
        "second": lambda place: place.make(Person),
        "supervisor": lambda place: place.make(Person),
        "points": 4,  # the four parts together
    },
    Referral: {"due_on": MONTH + dt.timedelta(days=30)},
    RegisteredPoor: {"id_no": lambda place: place.county},
    DisabilityCard: {"id_no": lambda place: place.county, "valid_until": MONTH + dt.timedelta(days=3650)},
    Check: {"case": lambda place: place.get(Case), "number": lambda place: f"HD{place.serial}"},
    Authorisation: {"until": MONTH + dt.timedelta(days=90)},
    Task: {"kind": "screening.missed"},
    Organisation: {
        "uscc": lambda place: with_checks(f"52{place.county[:6]}MJ000001"),
        "kind": "service_body",
    },
    ServiceOrder: {"kind": "bath"},
    Representative: {"elder": _another},
    Inspection: {"second": _another},
    DayGuest: {"person": lambda place: place.get(Person)},
    Settlement: {**COUNTY, "benefit": "elder_services"},
    ClinicContract: {"id_no": lambda place: place.county},
    Renovation: {"home": lambda place: place.county, "works": ["扶手"]},
    HomeAlarm: {"key": lambda place: place.county},
    CareDevice: {"serial": lambda place: place.county},
    ServiceContract: {**COUNTY, "number": lambda place: place.county},
    HomeRun: {**COUNTY, "benefit": "home_operating"},
    HomeCheck: {"kind": "patrol"},
    ChildFile: {"id_no": lambda place: place.county},
    CareAgreement: {"until": MONTH + dt.timedelta(days=365)},
    Intake: {
        "state": "left",
        "left_on": MONTH,
        "health_on": MONTH,
        "number": lambda place: f"{place.county}1",
    },
    Residence: {"id_no": lambda place: place.county},
    ChildBody: {"uscc": lambda place: place.get(Organisation).uscc},
    Facility: {"kind": "elder_home", "longitude": 109.17, "latitude": 27.35},
    Entitlement: {
        "benefit": "dibao",
        "person": lambda place: place.get(Person),
        "payee": lambda place: place.get(Person),
    },
    Counter: {**COUNTY, "kind": "marriage"},
    Slot: {"starts": dt.time(9), "ends": dt.time(10), "taken": 1},
    Booking: {**COUNTY, "kind": "marriage", "person": lambda place: place.get(Person)},
    Registry: {**COUNTY, "code": lambda place: place.county[:6]},
    Marriage: {**COUNTY, "woman": lambda place: _another(place)},
    Registration: {
        **COUNTY,
        "number": lambda place: f"J{place.county[:6]}-2026-000001",
        "man": lambda place: place.get(Person),
    },
    Divorce: {
        **COUNTY,
        "woman": lambda place: _another(place),
        "cooling_until": MONTH + dt.timedelta(days=30),
        "window_from": MONTH + dt.timedelta(days=31),
        "window_until": MONTH + dt.timedelta(days=60),
    },
    ArchiveSearch: {**COUNTY, "letter_no": "公函1号"},
    CreditRecord: {**COUNTY, "expires_on": MONTH + dt.timedelta(days=365)},
    CounselSession: COUNTY,
    RiskAlert: COUNTY,
    # the registrars of the two places are qualified there
    Registrar: {
        **COUNTY,
        "user": lambda place: User.objects.get(
            username="registrar-own" if place.county == OWN else "registrar-sibling"
        ),
    },
    Application: {**COUNTY, "child": lambda place: _another(place), "number": lambda place: place.county},
    Evaluation: {**COUNTY, "version": "2021-01-01/"},
    Adoption: {**COUNTY, "child": lambda place: _another(place), "number": lambda place: place.county},
    Dissolution: COUNTY,
    Unsealing: COUNTY,
    TaskVisit: {"key": lambda place: f"00000000-0000-0000-0000-{place.county}"},
    Job: {"kind": "export", "state": "asked", "register": "people", "region": lambda place: place.county},
    ApiClient: {**COUNTY, "kind": "citizen", "until": dt.date(2099, 1, 1)},
    Finding: {"person": lambda place: place.get(Person)},
    Alert: {"person": lambda place: place.get(Person)},
    Undertaking: {
        "programme": "fire_upgrade",
        "year": 2026,
        "unit_key": lambda place: f"region:{place.county}",
    },
    Assessment: {"sheet": "elder_home", "version": "2019-07-01/", "grading": {"title": "三级"}},
    Bill: {"total_fen": 2},  # waived and paid by the family, one each
    BurialUse: {"until": MONTH + dt.timedelta(days=3650)},
    Tribute: {"kind": "words"},
    WaiverRun: COUNTY,
    RescueStay: {"sex": "1", "number": lambda place: f"JZ{place.serial}"},
    MissingReport: {
        "number": lambda place: f"ZS{place.serial}",
        "reporter": lambda place: place.get(Person),
    },
    Problem: {"key": lambda place: f"00000000-0000-0000-0001-{place.county}"},
}

PLACES = (
    (OWN, "431227107000", "431227107203", "甲标记", "431227"),
    (SIBLING, "431228101000", "431228101200", "乙标记", "431228"),
)
# Where an officer sits, seen from the objects of the first place.
HEIGHTS = {
    "own": OWN, "sibling": SIBLING, "parent": CITY, "child": "431227107000", "neighbour": "431227101000",
}  # fmt: skip


@dataclass
class World:
    own: Place
    sibling: Place
    officers: dict[tuple[str, str], User]
    rights: dict[tuple[str, str], Access] = field(default_factory=dict)
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, role: str, height: str) -> Client:
        """Logged in, with a fresh proof of who sits there."""
        if (role, height) not in self.clients:
            client = self.clients[role, height] = Client(raise_request_exception=False)
            client.force_login(
                self.officers[role, height], backend="django.contrib.auth.backends.ModelBackend"
            )
        return self.clients[role, height]

    def access(self, role: str, height: str) -> Access:
        return self.rights.setdefault((role, height), Access(self.officers[role, height]))

    def ask(self, path: str, role: str, height: str, method: str = "GET") -> int:
        return ask(path, self.access(role, height), method)


def make_world() -> World:
    """Needs the divisions of conftest.py."""
    for code, name, level, parent in (
        ("431228101000", "芷江镇", 4, SIBLING),
        ("431228101200", "荷花池社区", 5, "431228101000"),
    ):
        Region.objects.create(
            code=code, name=name, full_name=f"湖南省怀化市芷江侗族自治县{name}", level=level, parent_id=parent,
            since="2000-01-01", source="测试",
        )  # fmt: skip
    seats = [(role.value, height) for role in Role for height in HEIGHTS]
    users = User.objects.bulk_create(
        User(username=f"{role}-{height}", display_name="某某", password="!") for role, height in seats
    )
    Assignment.objects.bulk_create(
        Assignment(user=user, role=role, region_id=HEIGHTS[height], since="2020-01-01")
        for user, (role, height) in zip(users, seats, strict=True)
    )
    own, sibling = (Place(*place) for place in PLACES)
    return World(own, sibling, dict(zip(seats, users, strict=True)))
