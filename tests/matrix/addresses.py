"""What stands in each staff address: an object of which kind, or a word of our own. An address missing here fails the build."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, get_resolver

from minzheng.business.adoption.models import Adoption, Application, Dissolution, Evaluation, Unsealing
from minzheng.business.assistance.models import Study, Support
from minzheng.business.children.models import CareAgreement, Intake
from minzheng.business.elderly.homecare.models import Alarm as HomeAlarm
from minzheng.business.elderly.institutions.models import Home, Run
from minzheng.business.funeral.models import Place as BurialPlace
from minzheng.business.funeral.models import Reception, Spot
from minzheng.business.funeral.models import Run as WaiverRun
from minzheng.business.marriage.models import (
    Agreement,
    ArchiveSearch,
    CounselSession,
    Divorce,
    Registration,
)
from minzheng.business.rescue.models import Match as RescueMatch
from minzheng.business.rescue.models import Patrol, Refusal
from minzheng.business.rescue.models import Stay as RescueStay
from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.indicators.models import Target
from minzheng.datacenter.lake.models import LakeRun
from minzheng.datacenter.screening.models import Finding
from minzheng.datacenter.signals.models import Sweep, SweepTarget
from minzheng.datacenter.simulation.models import Simulation
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.verification.models import Authorisation, Check, CheckObjection
from minzheng.foundation.accounts.models import Assignment, ResetRequest, RoleRequest
from minzheng.foundation.accounts.permissions import PERMISSIONS, roles_with
from minzheng.foundation.booking.models import Booking, Counter
from minzheng.foundation.cases.models import Case, Notice
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.payments.models import Batch, Recovery, ReturnFile
from minzheng.foundation.people.models import Household, LifeEvent, Person
from minzheng.foundation.programmes.models import Problem, Undertaking
from minzheng.foundation.regions.models import prefix_of
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.models import Job
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.models import Reconciliation, ReserveFund, Voucher
from minzheng.foundation.scoring.models import Assessment
from minzheng.foundation.services.models import Order as ServiceOrder
from minzheng.foundation.services.models import Settlement
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.foundation.uprating.models import Uprating
from minzheng.online.api.models import ApiClient, Subscription
from minzheng.online.api.models import Delivery as Message
from tests.matrix.world import Place
from tests.test_routes import routes

# The address up to its first argument → the kind of object that the argument names. The longest one that fits counts.
KINDS: dict[str, type[Model]] = {
    "desk/bookings/counters/<": Counter,
    "desk/bookings/<": Booking,
    "desk/marriage/rows/<": Registration,
    "desk/marriage/searches/<": ArchiveSearch,
    "desk/marriage/divorces/<": Divorce,
    "desk/marriage/counsel/<": CounselSession,
    "desk/adoption/applications/<": Application,
    "desk/adoption/evaluations/<": Evaluation,
    "desk/adoption/rows/<": Adoption,
    "desk/adoption/dissolutions/<": Dissolution,
    "desk/adoption/unsealings/<": Unsealing,
    "desk/registers/exports/<": Job,
    "desk/api/deliveries/<": Message,
    "desk/api/subscriptions/<": Subscription,
    "desk/api/<": ApiClient,
    "desk/intake/<": Case,
    "desk/cases/<": Case,
    "desk/ability/<": Case,
    "desk/people/<": Person,
    "desk/referrals/measures/<": Person,
    "desk/relative-poverty/<": Study,
    "desk/tekun/<": Support,
    "desk/life-events/<": LifeEvent,
    "desk/households/<": Household,
    "desk/findings/<": Finding,
    "desk/accounts/<": Assignment,
    "desk/accounts/requests/<": RoleRequest,
    "desk/accounts/resets/<": ResetRequest,
    "desk/accounts/roles/<": Assignment,
    "desk/certificates/<": Issued,
    "desk/checks/<": Check,
    "desk/checks/of/<": Case,
    "desk/signals/sweeps/<": Sweep,
    "desk/data/lake/runs/<": LakeRun,
    "desk/data/deliveries/<": Delivery,
    "desk/payments/^recoveries/": Recovery,
    "desk/payments/answers/<": ReturnFile,
    "desk/payments/<": Batch,
    "desk/payments/^(": Batch,
    "desk/children/agreements/<": CareAgreement,
    "desk/children/intakes/<": Intake,
    "desk/one-offs/<": Distribution,
    "desk/homes/<": Home,
    "desk/services/new/<": Person,
    "desk/services/orders/<": ServiceOrder,
    "desk/services/settlements/<": Settlement,
    "desk/dispatch/alarms/<": HomeAlarm,
    "desk/elders/day-care/<": Facility,
    "desk/oversight/<": Facility,
    "desk/homes/subsidies/<": Run,
    "desk/uprating/<": Uprating,
    "desk/reserves/<": ReserveFund,
    "desk/reserves/months/<": Reconciliation,
    "desk/reserves/vouchers/<": Voucher,
    "desk/targets/<": Target,
    "desk/statistics/<": MonthlyReport,
    "desk/statistics/^(": MonthlyReport,
    "cockpit/simulations/<": Simulation,
    "desk/programmes/undertakings/<": Undertaking,
    "desk/programmes/problems/<": Problem,
    "desk/ratings/<": Assessment,
    "desk/funeral/receptions/<": Reception,
    "desk/funeral/places/<": BurialPlace,
    "desk/funeral/spots/<": Spot,
    "desk/funeral/runs/<": WaiverRun,
    "desk/rescue/stays/<": RescueStay,
    "desk/rescue/refusals/<": Refusal,
    "desk/rescue/matches/<": RescueMatch,
    "desk/rescue/patrols/<": Patrol,
    "provider/orders/<": ServiceOrder,
    "field/tasks/<": Task,
    "field/visits/<": TaskVisit,
}
SECOND: dict[str, type[Model]] = {
    "/notices/<int:pk>/": Notice,
    "/objections/<int:pk>/": CheckObjection,
    "/consents/<int:pk>/withdraw/": Authorisation,
}
# Where an object's division stands, if not in its own `region`.
REGION: dict[type[Model], str] = {
    Job: "region",
    Home: "facility__region_id",
    LifeEvent: "person__region_id",
    Message: "subscription__client__region_id",
    Subscription: "client__region_id",
    Recovery: "entitlement__region_id",
    ReturnFile: "batch__county_id",
    Batch: "county_id",
    Reconciliation: "fund__region_id",
    Voucher: "fund__region_id",
    Task: "office_id",
    TaskVisit: "task__office_id",
}
# Arguments that are words of the program: no region has a share in them.
WORDS: dict[str, dict[str, str]] = {
    "desk/adoption/applications/<int:pk>/<slug:deed>/": {"deed": "find-out"},
    "desk/adoption/evaluations/<int:pk>/<slug:deed>/": {"deed": "bonding"},
    "desk/adoption/rows/<int:pk>/<slug:deed>/": {"deed": "unseal"},
    "desk/adoption/dissolutions/<int:pk>/<slug:deed>/": {"deed": "register"},
    "desk/adoption/unsealings/<int:pk>/<slug:deed>/": {"deed": "keep"},
    "desk/one-offs/new/<slug:code>/": {"code": "low_income_once"},
    "desk/uprating/new/<slug:code>/": {"code": "dibao"},
    "desk/signals/<slug:code>/": {"code": "medical"},
    "desk/data/deliveries/formats/<str:code>/sample/": {"code": "file.vehicles"},
    "desk/programmes/of/<slug:code>/": {"code": "fire_upgrade"},
    "desk/programmes/of/<slug:code>/plan/": {"code": "fire_upgrade"},
    "desk/programmes/of/<slug:code>/units/": {"code": "fire_upgrade"},
    "desk/programmes/undertakings/<int:pk>/<slug:key>/": {"key": "progress"},
    "desk/programmes/problems/<int:pk>/<slug:key>/": {"key": "assign"},
    "desk/ratings/new/<slug:code>/": {"code": "elder_home"},
    "desk/ratings/<int:pk>/<slug:key>/": {"key": "self"},
    "desk/rescue/stays/<int:pk>/<slug:key>/": {"key": "health"},
    "desk/rescue/matches/<int:pk>/<slug:key>/": {"key": "decide"},
    "desk/indicators/<code>/": {"code": "N01"},
    "desk/indicators/<code>/report/": {"code": "N01"},
}
BY_DIVISION = {"desk/clearing/<int:code>/", "cockpit/<int:code>/"}
FURTHER = {
    "key": "members", "member": "1", "suffix": "xlsx", "act": "propose", "year": "2026", "view_id": "1",
    "job_id": "1", "action": "none", "deed": "extend", "resident": "1", "way": "came", "copy": "1",
}  # fmt: skip


IN_REGISTER = "desk/registers/<slug:code>/"
# One register is asked at every address of the generic screens, the others where a right of their own decides.
WHOLLY = "people"
DECIDED_BY_REGISTER = {"", "rows/<str:key>", "rows/<str:key>/edit", "rows/<str:key>/reveal", "export"}


# In the view itself, or in a helper of its module that is handed the request.
LOOKS_AT_A_FORM = re.compile(r"require_POST|POST|\b_\w+\(request")


@dataclass(frozen=True)
class Address:
    """A staff address. `kind`: whose object it shows, None for lists and for words of the program."""

    pattern: URLPattern
    text: str
    permissions: tuple[str, ...]
    kind: type[Model] | None = None
    is_of_division: bool = False
    register: Register | None = None

    @property
    def has_object(self) -> bool:
        return self.kind is not None or self.is_of_division

    @cached_property
    def methods(self) -> tuple[str, ...]:
        """A view that never looks at what is posted does the same for GET and POST: once is enough."""
        source = inspect.getsource(inspect.unwrap(self.pattern.callback))
        return ("GET", "POST") if LOOKS_AT_A_FORM.search(source) else ("GET",)

    @property
    def roles(self) -> set[str]:
        """Who holds every permission that is asked for."""
        return set.intersection(*(set(roles_with(one)) for one in self.permissions))

    def path(self, place: Place) -> str:
        return "/" + filled(self.text, self.arguments(place), self.pattern)

    def region(self, place: Place) -> str:
        """The division of the object, as 12 digits."""
        if self.is_of_division:
            return place.county
        steps = self.register.region if self.register else REGION.get(self.kind, "region_id")  # type: ignore[arg-type]
        found: Any = place.get(self.kind)  # type: ignore[arg-type]
        for step in steps.split("__"):
            found = getattr(found, step)
        return str(found)

    def is_seen_from(self, place: Place, office: str) -> bool:
        """Whether the object lies in the office's division or below it."""
        return self.region(place).startswith(prefix_of(office))

    def arguments(self, place: Place) -> dict[str, Any]:
        if self.is_of_division:
            return {"code": int(place.county)}
        if self.kind is Sweep:
            place.get(SweepTarget)
        if self.kind is Divorce:
            place.get(Agreement)
        found: dict[str, Any] = {**FURTHER, **WORDS.get(self.text, {})}
        if self.register:
            found["code"] = self.register.code
        if self.kind is None:
            return found
        one = place.get(self.kind)
        key = one.user_id if self.text.startswith("desk/accounts/<") else one.pk
        found |= {"pk": key, "job_id": key, "number": getattr(one, "number", "")}
        if self.register or self.kind in {ApiClient, Simulation}:
            found["key"] = key
        for end, second in SECOND.items():
            if self.text.endswith(end):
                found["pk"] = place.get(second).pk
        return found


def filled(text: str, arguments: dict[str, Any], pattern: URLPattern) -> str:
    """The address with its arguments in it, whether it is written as a path or as a regular expression."""
    own = str(pattern.pattern)
    if own.startswith("^"):
        body = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda m: str(arguments[m[1]]), own.strip("^$")).replace(
            "\\", ""
        )
    else:
        body = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(arguments[m[1]]), own)
    return text.removesuffix(own) + body


def kind_of(text: str) -> type[Model] | None:
    fitting = [start for start in KINDS if text.startswith(start)]
    return KINDS[max(fitting, key=len)] if fitting else None


def staff_addresses() -> Iterator[Address]:
    """Every address behind a permission, the generic screens once for each register."""
    for text, pattern in routes(get_resolver().url_patterns):
        permission = getattr(pattern.callback, "permit", "")
        if text.startswith(IN_REGISTER):
            yield from _in_registers(text, pattern, permission.partition("register.")[2])
        elif permission in PERMISSIONS:
            is_word = pattern.pattern.regex.groupindex.keys() <= WORDS.get(text, {}).keys()
            kind = None if is_word else kind_of(text)
            yield Address(pattern, text, (permission,), kind, text in BY_DIVISION)


def _in_registers(text: str, pattern: URLPattern, right: str) -> Iterator[Address]:
    rest = text.removeprefix(IN_REGISTER)
    for register in shelf(Register):
        if register.origin.startswith("minzheng.") and (
            register.code == WHOLLY or rest in DECIDED_BY_REGISTER
        ):
            kind = register.model if rest.startswith("rows/") else None
            yield Address(pattern, text, (register.read, getattr(register, right)), kind, register=register)


def unlisted() -> list[str]:
    """Staff addresses with an argument of which nobody said what it is."""
    return [
        one.text
        for one in staff_addresses()
        if one.pattern.pattern.regex.groupindex and not (one.has_object or one.register or one.text in WORDS)
    ]
