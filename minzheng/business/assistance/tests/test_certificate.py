"""最低生活保障证 comes with the grant, follows the family, and goes with the right."""

import datetime as dt

import pytest

from minzheng.business.assistance.tests.families import FATHER
from minzheng.business.assistance.tests.test_review import reviewed
from minzheng.foundation.certificates.models import Issued, Issuer, State

pytestmark = pytest.mark.django_db
OPINION = {"opinion": "同意。"}


@pytest.fixture
def issuer(regions):
    return Issuer.objects.create(
        region_id="431227000000", name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W"
    )


def rows(certificate):
    return dict(certificate.rows)


def test_it_is_issued_on_the_day_of_the_confirmation_without_the_amount(issuer, journey):
    way = journey().granted()
    issued = Issued.objects.get()
    assert (issued.issued_on, issued.number) == (way.case.decided_on, "新晃低保〔2026〕000001号")
    assert rows(issued)["保障人口"].startswith("3人：杨秀英、")
    assert "630" not in str(issued.rows)


def test_it_is_not_issued_where_nobody_is_registered_and_the_grant_goes_on(regions, journey):
    assert journey().granted().case.status == "active"
    assert not Issued.objects.exists()


def test_it_is_issued_anew_when_a_member_dies_and_the_old_one_is_revoked(issuer, journey):
    way = journey().granted()
    way.today = dt.date(2026, 6, 10)
    way.move("helper", "death", {"id_no": FATHER, "died_on": "2026-05-31", "source": "死亡证明"})
    way.move("clerk", "propose_after_death", OPINION)
    way.move("approver", "confirm_change", OPINION)
    old, new = Issued.objects.order_by("id")
    assert (old.state, new.state, new.replaces) == (State.REVOKED, State.VALID, old)
    assert rows(new)["保障人口"].startswith("2人：")


def test_it_stays_when_a_review_changes_only_the_money(issuer, journey):
    way = journey().granted()
    held = Issued.objects.get()
    reviewed(way, "2026-09-01", 900).move("clerk", "propose_raise", OPINION)
    way.move("approver", "confirm_change", OPINION)
    assert way.case.amount_fen == 75_000
    assert Issued.objects.get() == held


def test_it_is_revoked_when_the_family_gives_up(issuer, journey):
    way = journey().granted()
    way.today = dt.date(2026, 5, 6)
    way.move("xiuying", "give_up", {"reason": "儿子工作了，不需要了。"})
    way.move("approver", "confirm_give_up", OPINION)
    issued = Issued.objects.get()
    assert issued.state == State.REVOKED and issued.reason.startswith("待遇终止")
