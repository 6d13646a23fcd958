"""M3, M4, M8 as applications: filled in beforehand, done when the counter has done it, gone when nobody comes."""

import datetime as dt

import pytest

from minzheng.business.marriage.care import record_counselling
from minzheng.business.marriage.divorce import register_divorce, withdraw_divorce
from minzheng.business.marriage.models import CounselSession
from minzheng.business.marriage.tests.couples import BOTH, VILLAGE, apply_for_divorce, marry
from minzheng.foundation.cases.api import open_case, save_draft, submit
from minzheng.foundation.cases.jobs import make_due_moves
from minzheng.foundation.cases.models import Case
from minzheng.foundation.regions.models import Region

DAY = dt.date(2026, 1, 20)
PHONE = {"phone": "13912345678"}
BACK = {
    "receipt_no": "431227-2026-L000001",
    "applied_on": "2026-01-20",
    "understood": True,
    "promise": True,
    **PHONE,
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def bride(cast):
    return cast["xiuying"].person


@pytest.fixture
def sent(access, bride):
    """`sent("M3", day, answers)`: handed in by the citizen herself."""

    def hand_in(item, day, answers):
        mine = access("xiuying", day)
        case = open_case(mine, item, bride, Region.objects.get(code=VILLAGE))
        save_draft(mine, case, answers)
        return submit(mine, case)

    return hand_in


@pytest.fixture
def divorce(at, registry, man, bride):
    return apply_for_divorce(at(DAY), marry(at(dt.date(2025, 6, 2)), registry, man, bride))


def test_filling_in_is_not_yet_withdrawing_and_the_counter_finishes_it(at, sent, divorce, bride):
    case = sent("M3", DAY, BACK)
    divorce.refresh_from_db()
    assert (case.status, divorce.state) == ("submitted", "open")
    assert case.at_step.waits.startswith("还没有撤回")
    withdraw_divorce(at(DAY), divorce, bride)
    case.refresh_from_db()
    assert (case.step, case.status) == ("done", "done")


def test_collecting_the_certificate_finishes_m4(at, sent, divorce, man):
    last = dt.date(2026, 3, 26)
    answers = {key: BACK[key] for key in ("receipt_no", "applied_on", "promise")} | PHONE
    case = sent(
        "M4", last, answers | {"partner_name": man.name, "partner_id_no": man.id_no, "both_come": True}
    )
    register_divorce(at(last), divorce, BOTH)
    case.refresh_from_db()
    assert case.step == "done"


def test_the_counsellor_finishes_m8(at, sent, bride):
    case = sent("M8", DAY, {"topic": "婚姻调适", "alone": True, **PHONE})
    session = CounselSession(region_id=VILLAGE, person=bride, topic="婚姻调适", consented=True)
    session.result = CounselSession.Result.values[0]
    record_counselling(at(DAY), session, "")
    case.refresh_from_db()
    assert case.step == "done"


def test_who_never_comes_may_apply_again(sent, divorce):
    case = sent("M3", DAY, BACK)
    last = DAY + dt.timedelta(days=180)
    assert "久未到场，办结" not in make_due_moves(last)
    assert make_due_moves(last + dt.timedelta(days=1))["久未到场，办结"] == 1
    case.refresh_from_db()
    assert (case.step, case.status) == ("lapsed", "closed")
    assert sent("M3", last + dt.timedelta(days=2), BACK).pk != case.pk
    assert Case.objects.count() == 2
