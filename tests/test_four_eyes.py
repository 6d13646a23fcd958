"""Four eyes are two human beings: whoever made something cannot check it with a second account (T13)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from minzheng.business.adoption.archive import allow
from minzheng.business.adoption.models import Adoption, Unsealing
from minzheng.business.adoption.registering import cancel
from minzheng.business.assistance.charity.actions import approve as approve_aid
from minzheng.business.assistance.corrections.actions import decide
from minzheng.business.assistance.models import CharityAid, Correction
from minzheng.business.children.actions_protection import repair, settle_objection
from minzheng.business.children.gaps.actions import confirm_gap
from minzheng.business.children.institutions.converting import complete as complete_conversion
from minzheng.business.children.institutions.living import take_back as take_child_back
from minzheng.business.children.models import Conversion, GuardianCredit, Residence, ServiceGap
from minzheng.business.elderly.institutions.models import Run as HomeRun
from minzheng.business.elderly.institutions.subsidies.actions import confirm_run as confirm_subsidy
from minzheng.business.funeral.models import Run as WaiverRun
from minzheng.business.funeral.settlement import confirm_run as confirm_waivers
from minzheng.business.marriage.archive import verify_entry
from minzheng.business.marriage.models import Registration
from minzheng.business.rescue.identity import decide_match
from minzheng.business.rescue.intake import decide_extension
from minzheng.business.rescue.models import Extension, PublicNotice
from minzheng.business.rescue.models import Match as RescueMatch
from minzheng.business.rescue.models import Settlement as RescueSettlement
from minzheng.business.rescue.searching import decide_notice
from minzheng.business.rescue.settlement import settle
from minzheng.datacenter.indicators.actions import confirm_report, return_report
from minzheng.datacenter.indicators.models import ReportedValue
from minzheng.datacenter.proactive import actions as proactive
from minzheng.datacenter.proactive.models import Offer
from minzheng.datacenter.statistics.actions import freeze as freeze_report
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.actions import grant_role, refuse_role
from minzheng.foundation.accounts.models import Assignment, ResetRequest, Role, RoleRequest, User
from minzheng.foundation.accounts.resets import grant_reset, refuse_reset
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.rights import right_to
from minzheng.foundation.emergencies import actions as emergencies
from minzheng.foundation.emergencies.models import NoExit
from minzheng.foundation.funds import actions as funds
from minzheng.foundation.funds.models import FundPaper
from minzheng.foundation.guardians import actions as guardians
from minzheng.foundation.guardians.models import Guardianship
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.oneoffs import actions as oneoffs
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.payments import actions as payments
from minzheng.foundation.payments.models import Batch, Recovery
from minzheng.foundation.payments.recoveries import approve_write_off
from minzheng.foundation.people.models import Person
from minzheng.foundation.programmes.loop import verify_problem
from minzheng.foundation.programmes.models import Problem, Undertaking
from minzheng.foundation.programmes.progress import accept as accept_undertaking
from minzheng.foundation.registers import approval
from minzheng.foundation.registers.models import Job
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.reserves.models import Reconciliation, Voucher
from minzheng.foundation.reserves.reconcile import confirm as confirm_month
from minzheng.foundation.scoring.granting import grant as grant_rating
from minzheng.foundation.scoring.models import Assessment as Rating
from minzheng.foundation.services.models import Settlement
from minzheng.foundation.services.settle import confirm_settlement
from minzheng.foundation.tasks.actions import confirm_task
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.uprating import actions as uprating
from minzheng.foundation.uprating.models import Uprating
from tests.matrix.two_people import NOT_CHECKED
from tests.matrix.world import HEIGHTS, MONTH, Place, make_world

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Check:
    """What the second person does, in the state that it is done in. `maker` names the field that holds the first one."""

    model: type[Model]
    maker: str
    do: Callable[[Access, Any], Any]
    given: dict[str, Any] = field(default_factory=dict)


CHECKS = {
    "payments.check": Check(Batch, "maker", payments.check, {"state": "frozen", "evidence": "x"}),
    "payments.write_off": Check(Recovery, "proposer", approve_write_off),
    "funds.check": Check(FundPaper, "maker", funds.check),
    "oneoffs.confirm": Check(
        Distribution, "maker", lambda access, one: oneoffs.confirm(access, one, expected_fen=0)
    ),
    "reserves.confirm": Check(Reconciliation, "maker", confirm_month),
    "exports.approve": Check(Job, "owner", approval.approve),
    "exports.decline": Check(Job, "owner", lambda access, one: approval.decline(access, one, "理由")),
    "accounts.grant_role": Check(RoleRequest, "asked_by", grant_role),
    "accounts.refuse_role": Check(
        RoleRequest, "asked_by", lambda access, one: refuse_role(access, one, "理由不足")
    ),
    "accounts.grant_reset": Check(ResetRequest, "asked_by", grant_reset),
    "accounts.refuse_reset": Check(
        ResetRequest, "asked_by", lambda access, one: refuse_reset(access, one, "理由不足")
    ),
    "indicators.confirm": Check(ReportedValue, "maker", confirm_report),
    "indicators.return": Check(
        ReportedValue, "maker", lambda access, one: return_report(access, one, note="理由")
    ),
    "statistics.freeze": Check(MonthlyReport, "maker", freeze_report, {"state": "submitted"}),
    "proactive.confirm": Check(
        Offer, "published_by", proactive.confirm, {"state": "published", "published_on": MONTH}
    ),
    "programmes.accept": Check(Undertaking, "reported_by", accept_undertaking, {"state": "reported"}),
    "programmes.verify": Check(
        Problem,
        "fixed_by",
        lambda access, one: verify_problem(access, one, passed=True),
        {"state": "fixed", "fixed_on": MONTH},
    ),
    "ratings.grant": Check(Rating, "opened_by", grant_rating, {"state": "publicity", "public_until": MONTH}),
    "services.check": Check(
        Settlement, "maker", lambda access, one: confirm_settlement(access, one, expected_fen=0)
    ),
    "uprating.confirm": Check(
        Uprating,
        "maker",
        lambda access, one: uprating.confirm(access, one, expected_fen=0),
        {"state": "drafted"},
    ),
    "funeral.confirm": Check(
        WaiverRun, "maker", lambda access, one: confirm_waivers(access, one, expected_fen=0)
    ),
    "homes.confirm": Check(
        HomeRun, "maker", lambda access, one: confirm_subsidy(access, one, expected_fen=0), {"total_fen": 0}
    ),
    "children.gap": Check(
        ServiceGap,
        "planned_by",
        lambda access, one: confirm_gap(access, one, heard=True),
        {"state": "provided", "provided_on": MONTH},
    ),
    "children.take_back": Check(
        Residence, "left_by", lambda access, one: take_child_back(access, one, reason="弄错了孩子")
    ),
    "children.conversion": Check(
        Conversion, "begun_by", lambda access, one: complete_conversion(access, one, beds=1)
    ),
    "guardians.settle": Check(
        GuardianCredit,
        "recorded_by",
        lambda access, one: settle_objection(access, one, upheld=True, settled_why="已核实"),
        {"state": "objected"},
    ),
    "guardians.repair": Check(
        GuardianCredit, "recorded_by", lambda access, one: repair(access, one, settled_why="已改正")
    ),
    "marriage.verify": Check(Registration, "registrar", verify_entry, {"source": "entered"}),
    "rescue.extend": Check(
        Extension, "asked_by", lambda access, one: decide_extension(access, one, granted=True)
    ),
    "rescue.notice": Check(
        PublicNotice, "drafted_by", lambda access, one: decide_notice(access, one, publish=True)
    ),
    "rescue.match": Check(
        RescueMatch, "proposed_by", lambda access, one: decide_match(access, one, same=True, note="已辨认")
    ),
    "rescue.settle": Check(
        RescueSettlement,
        "listed_by",
        settle,
        {
            "state": "registered",
            "name": "晃安平",
            "police_no": "1",
            "police_on": MONTH,
            "home_region_id": HEIGHTS["own"],
        },
    ),
    "no_exit.confirm": Check(NoExit, "maker", emergencies.confirm),
    "guardians.confirm": Check(Guardianship, "maker", guardians.confirm),
    "corrections.decide": Check(
        Correction,
        "maker",
        lambda access, one: decide(access, one, exempt=True, why="无主观故意"),
        {"state": "mended"},
    ),
    "charity.approve": Check(CharityAid, "maker", lambda access, one: approve_aid(access, one, agree=True)),
    "adoption.cancel": Check(Adoption, "registrar", lambda access, one: cancel(access, one, basis="判决1号")),
    "adoption.unseal": Check(Unsealing, "asked_by", allow),
    "tasks.confirm": Check(Task, "done_by", confirm_task, {"state": "reported"}),
}
# Tables that name two people or accounts who are not each other's check.
SAME = "不能是同一个人|录入人不能核对|须由两个人|不能核准自己"
MOVES = [
    pytest.param(item, step, move, id=f"{item.code}-{step.key}-{move.key}")
    for item in shelf(ServiceItem)
    if item.origin.startswith("minzheng.")
    for step, move in item.all_moves
    if move.four_eyes_with
]


@pytest.fixture
def place(regions):
    return make_world().own


def account(place: Place, person: Person, name: str, *roles: str) -> Access:
    """One more account of this human being, with these roles over the county."""
    user = User.objects.create(username=name, display_name=person.name, person=person, password="!")
    for role in roles or Role.values:
        Assignment.objects.create(user=user, role=role, region_id=HEIGHTS["own"], since="2020-01-01")
    return Access(user)


def human(place: Place, name: str) -> Person:
    return place.make(Person, name=name)


def test_every_table_that_names_two_people_is_judged_here():
    known = {Person, User}
    naming_two = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("minzheng.")
        and sum(one.related_model in known for one in model._meta.concrete_fields if one.is_relation) > 1
        and not hasattr(model, "pgh_tracked_model")
    }
    checked = {check.model._meta.label for check in CHECKS.values()}
    assert naming_two - NOT_CHECKED.keys() == checked
    assert NOT_CHECKED.keys() <= naming_two


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_second_account_of_the_maker_is_refused(place, check):
    made_by, other = human(place, "经办人"), human(place, "另一位")
    first = account(place, made_by, "first").user
    is_account = check.model._meta.get_field(check.maker).related_model is User
    one = place.make(check.model, **{check.maker: first if is_account else made_by}, **check.given)
    with pytest.raises(Refused, match=SAME):
        check.do(account(place, made_by, "second"), one)
    try:
        check.do(account(place, other, "another"), one)
    except Refused as refusal:
        assert not any(word in str(refusal) for word in SAME.split("|")), "another human being may"
    except (AttributeError, KeyError, LookupError, TypeError, ValueError):
        pass  # got further than the question of who: the object is an empty shell


@pytest.mark.parametrize(("item", "step", "move"), MOVES)
def test_no_move_of_a_case_is_made_by_a_second_account_of_the_one_before(place, item, step, move):
    case: Any = place.make(Case, item=item.code, step=step.key, status=step.status)
    before, other = human(place, "经办人"), human(place, "另一位")
    first = account(place, before, "first").user
    for earlier in move.four_eyes_with:
        CaseMove.objects.filter(case=case).delete()
        place.make(CaseMove, case=case, move=earlier, round=case.round, actor=first, actor_person=before)
        roles = step.roles_of(move)
        again = right_to(account(place, before, f"second-{earlier}", *roles), case, step, move)
        assert "另一位工作人员" in again.hindrance
        assert not right_to(account(place, other, f"another-{earlier}", *roles), case, step, move).hindrance


def test_the_table_of_cash_vouchers_itself_wants_two_people():
    names = {one.name for one in Voucher._meta.constraints}
    assert "two_signatures_or_one_and_a_photo" in names
