"""What the matrices must know of the foundation's objects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from minzheng.foundation.accounts.models import Assignment, ResetRequest, Role, RoleRequest, User
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.booking.models import Booking, Counter, Slot
from minzheng.foundation.cases.models import Case, Notice
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.national import keep_beside
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.ledger.books import receive
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.payments.models import Batch, Recovery, ReturnFile
from minzheng.foundation.people.models import FactSheet, Household, LifeEvent, Person
from minzheng.foundation.programmes.models import Problem, Undertaking
from minzheng.foundation.registers.models import Job
from minzheng.foundation.reserves.models import Reconciliation, ReserveFund, Voucher
from minzheng.foundation.scoring.models import Assessment
from minzheng.foundation.services.models import Contract as ServiceContract
from minzheng.foundation.services.models import Order as ServiceOrder
from minzheng.foundation.services.models import Representative, Settlement
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.foundation.uprating.models import Uprating
from tests.matrix.places import COUNTY, MONTH, TOWNSHIP, another


def _on_disk(place: Any) -> str:
    """A certificate's file with its national seal beside it."""
    file = default_storage.save("certificates/matrix.pdf", ContentFile(b"%PDF"))
    keep_beside(file, b"seal")
    return file


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
    Distribution: {**COUNTY, "kind": "price"},
    Uprating: {**COUNTY, "benefit": "dibao", "from_month": MONTH, "through": MONTH},
    Issued: {"kind": "dibao", "rows": [], "person": lambda place: place.get(Person), "file": _on_disk},
    ReserveFund: {**TOWNSHIP, "kind": "temporary", "ceiling_fen": 2, "floor_fen": 1},
    Voucher: {
        "kind": "top_up",
        "entry": lambda place: receive("central", "dibao", place.county, 1, f"到账{place.county}"),
    },
    FactSheet: {"person": lambda place: place.get(Person)},
    Task: {"kind": "screening.missed"},
    Organisation: {
        "uscc": lambda place: with_checks(f"52{place.county[:6]}MJ000001"),
        "kind": "service_body",
    },
    ServiceOrder: {"kind": "bath"},
    Representative: {"elder": another},
    Settlement: {**COUNTY, "benefit": "elder_services"},
    ServiceContract: {**COUNTY, "number": lambda place: place.county},
    Facility: {"kind": "elder_home", "longitude": 109.17, "latitude": 27.35},
    Entitlement: {
        "benefit": "dibao",
        "person": lambda place: place.get(Person),
        "payee": lambda place: place.get(Person),
    },
    Counter: {**COUNTY, "kind": "marriage"},
    Slot: {"starts": dt.time(9), "ends": dt.time(10), "taken": 1},
    Booking: {**COUNTY, "kind": "marriage", "person": lambda place: place.get(Person)},
    TaskVisit: {"key": lambda place: f"00000000-0000-0000-0000-{place.county}"},
    Job: {"kind": "export", "state": "asked", "register": "people", "region": lambda place: place.county},
    Undertaking: {
        "programme": "fire_upgrade",
        "year": 2026,
        "unit_key": lambda place: f"region:{place.county}",
    },
    Assessment: {"sheet": "elder_home", "version": "2019-07-01/", "grading": {"title": "三级"}},
    Problem: {"key": lambda place: f"00000000-0000-0000-0001-{place.county}"},
}
KINDS: dict[str, type[Model]] = {
    "desk/bookings/counters/<": Counter,
    "desk/bookings/<": Booking,
    "desk/registers/exports/<": Job,
    "desk/intake/<": Case,
    "desk/cases/<": Case,
    "desk/ability/<": Case,
    "desk/people/<": Person,
    "desk/referrals/measures/<": Person,
    "desk/life-events/<": LifeEvent,
    "desk/households/<": Household,
    "desk/accounts/<": Assignment,
    "desk/accounts/requests/<": RoleRequest,
    "desk/accounts/resets/<": ResetRequest,
    "desk/accounts/roles/<": Assignment,
    "desk/certificates/<": Issued,
    "desk/checks/of/<": Case,
    "desk/payments/^recoveries/": Recovery,
    "desk/payments/answers/<": ReturnFile,
    "desk/payments/<": Batch,
    "desk/payments/^(": Batch,
    "desk/one-offs/<": Distribution,
    "desk/services/new/<": Person,
    "desk/services/orders/<": ServiceOrder,
    "desk/services/settlements/<": Settlement,
    "desk/elders/day-care/<": Facility,
    "desk/oversight/<": Facility,
    "desk/uprating/<": Uprating,
    "desk/reserves/<": ReserveFund,
    "desk/reserves/months/<": Reconciliation,
    "desk/reserves/vouchers/<": Voucher,
    "desk/programmes/undertakings/<": Undertaking,
    "desk/programmes/problems/<": Problem,
    "desk/ratings/<": Assessment,
    "provider/orders/<": ServiceOrder,
    "field/tasks/<": Task,
    "field/visits/<": TaskVisit,
}
SECOND: dict[str, type[Model]] = {
    "/notices/<int:pk>/": Notice,
}
REGION: dict[type[Model], str] = {
    Job: "region",
    LifeEvent: "person__region_id",
    Recovery: "entitlement__region_id",
    ReturnFile: "batch__county_id",
    Batch: "county_id",
    Reconciliation: "fund__region_id",
    Voucher: "fund__region_id",
    Task: "office_id",
    TaskVisit: "task__office_id",
}
WORDS: dict[str, dict[str, str]] = {
    "desk/one-offs/new/<slug:code>/": {"code": "low_income_once"},
    "desk/uprating/new/<slug:code>/": {"code": "dibao"},
    "desk/programmes/of/<slug:code>/": {"code": "fire_upgrade"},
    "desk/programmes/of/<slug:code>/plan/": {"code": "fire_upgrade"},
    "desk/programmes/of/<slug:code>/units/": {"code": "fire_upgrade"},
    "desk/programmes/undertakings/<int:pk>/<slug:key>/": {"key": "progress"},
    "desk/programmes/problems/<int:pk>/<slug:key>/": {"key": "assign"},
    "desk/ratings/new/<slug:code>/": {"code": "elder_home"},
    "desk/ratings/<int:pk>/<slug:key>/": {"key": "self"},
}
