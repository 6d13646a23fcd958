"""An order from the wish to the money: who may do what, what a death does, and that nobody is paid twice or beyond a contract."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.life_events.actions import undo_life_event
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services import actions
from minzheng.foundation.services.complaints import answer, complain
from minzheng.foundation.services.matching import meeting, offered, own_orders
from minzheng.foundation.services.models import Order, State
from minzheng.foundation.services.settle import beyond_ceiling, confirm_settlement, draw_up
from minzheng.foundation.services.tests.workplace import HERE, Workplace
from minzheng.foundation.tasks.visits import Position

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 20)
MONTH, LATER = dt.date(2026, 10, 1), dt.date(2026, 11, 3)


@pytest.fixture
def place(cast):
    return Workplace("夜郎社工", 1)


@pytest.fixture
def elder(cast):
    return Person.objects.create(
        name="吴老太", birth_date=dt.date(1940, 3, 1), region_id=VILLAGE, hukou_region_id=VILLAGE
    )


def settled(access, month=MONTH, *, check="approver"):
    made = draw_up(
        access("reviewer", LATER), Region.objects.get(code=COUNTY), benefit="elder_services", month=month
    )
    return confirm_settlement(access(check, LATER), made, expected_fen=made.total_fen)


@pytest.mark.covers("S-063", by="minzheng/foundation/services", screen="/desk/registers/service-orders/")
def test_what_somebody_needs_is_matched_with_the_catalogue_and_offered_to_who_has_a_contract(
    access, place, elder
):
    met = {kind.title for kind in meeting(["psychology", "social"])}
    assert met == {"心理慰藉", "探访", "精神障碍社区康复"}
    other = Workplace("没有合同的", 2, kinds=("meal",))
    order = actions.ask(access("helper", DAY), elder, kind="bath", channel="helper", wish="下午去")
    assert (order.price_fen, order.done_by - order.asked_at) == (8000, dt.timedelta(days=3))
    assert list(offered(place.access(DAY))) == [order] and not offered(other.access(DAY))
    with pytest.raises(Refused, match="没有这项服务的有效合同"):
        actions.accept(other.access(DAY), order, worker=other.worker)
    actions.accept(place.access(DAY), order, worker=place.worker)
    assert list(own_orders(place.access(DAY))) == [order] and not offered(place.access(DAY))


def test_the_service_is_proven_by_time_place_and_picture_and_confirmed_by_somebody_else(access, place, elder):
    order, own = actions.ask(access("helper", DAY), elder, kind="bath", channel="helper"), place.access(DAY)
    actions.accept(own, order, worker=place.worker)
    with pytest.raises(Refused, match="取得位置"):
        actions.start(own, order, position=Position())
    actions.start(own, order, position=HERE)
    with pytest.raises(Refused, match="照片"):
        actions.finish(own, order, report="洗好了")
    order = place.served(access("helper", DAY), elder, DAY)
    with pytest.raises(PermissionDenied):
        actions.confirm(own, order, rating=5)
    with pytest.raises(PermissionDenied):
        actions.confirm(access("outsider", DAY), order, rating=5)
    assert actions.confirm(access("helper", DAY), order, rating=5).confirmed_as == "协理员"
    with pytest.raises(Refused, match="已确认"):
        actions.confirm(access("helper", DAY), order, rating=4)


def test_an_order_handed_back_is_offered_again_and_a_death_cancels_what_has_not_begun(access, place, elder):
    order = actions.ask(access("helper", DAY), elder, kind="visit", channel="helper")
    actions.accept(place.access(DAY), order, worker=place.worker)
    actions.hand_back(place.access(DAY), order, reason="人手不够")
    assert [one.handed_back for one in offered(place.access(DAY))] == [1]
    record_life_event(access("clerk", DAY), elder, LifeEventKind.DEATH, DAY, "死亡证明")
    assert Order.objects.get(pk=order.pk).state == State.CANCELLED
    elder.refresh_from_db()
    with pytest.raises(Refused, match="去世"):
        actions.ask(access("helper", DAY), elder, kind="visit", channel="helper")


def test_what_a_mistaken_death_had_cancelled_is_ordered_again(access, place, elder):
    """What the elder had cancelled before stays cancelled."""
    order, own = (
        actions.ask(access("helper", DAY), elder, kind=kind, channel="helper") for kind in ("visit", "bath")
    )
    actions.accept(place.access(DAY), order, worker=place.worker)
    actions.cancel(access("helper", DAY), own, reason="自己洗过了")
    death = record_life_event(access("clerk", DAY), elder, LifeEventKind.DEATH, DAY, "家属报告")
    undo_life_event(access("reviewer", DAY), death, "同名误登")
    states = dict(Order.objects.values_list("pk", "state"))
    assert states == {order.pk: State.ACCEPTED, own.pk: State.CANCELLED}
    assert Order.objects.get(pk=order.pk).reason == ""


@pytest.mark.covers("S-065", by="minzheng/foundation/services", screen="/desk/services/settlements/")
def test_a_month_is_settled_once_by_two_persons_into_the_ordinary_payment_lists(access, place, elder):
    helper = access("helper", DAY)
    paid, open_, own = (place.served(helper, elder, DAY, hour=hour) for hour in (9, 11, 14))
    actions.confirm(helper, paid, rating=5)
    Order.objects.filter(pk=own.pk).update(payer="self")
    actions.confirm(helper, Order.objects.get(pk=own.pk), rating=3)
    draft = draw_up(
        access("reviewer", LATER), Region.objects.get(code=COUNTY), benefit="elder_services", month=MONTH
    )
    assert draft.total_fen == 8000, "one confirmed; one not confirmed; one paid by the family itself"
    with pytest.raises(Refused, match="刷新页面"):
        confirm_settlement(access("approver", LATER), draft, expected_fen=1)
    done = settled(access)
    right = Entitlement.objects.get(benefit="elder_services")
    assert (right.organisation_id, owed_in(right, MONTH)) == (place.provider.pk, 8000)
    assert confirm_settlement(access("approver", LATER), done, expected_fen=0).pk == done.pk
    assert Entitlement.objects.count() == 1 and Order.objects.get(pk=paid.pk).state == State.SETTLED
    with pytest.raises(Refused, match="已经确认过"):
        draw_up(
            access("reviewer", LATER), Region.objects.get(code=COUNTY), benefit="elder_services", month=MONTH
        )
    actions.confirm(helper, open_, rating=4)
    assert settled(access, dt.date(2026, 11, 1)).total_fen == 8000, (
        "what was confirmed later is in the next month"
    )


def test_nobody_confirms_the_own_settlement_and_no_contract_is_overdrawn(access, elder, cast):
    place = Workplace("小合同", 3, fen=8000)
    for hour in (9, 11):
        actions.confirm(
            access("helper", DAY), place.served(access("helper", DAY), elder, DAY, hour=hour), rating=5
        )
    with pytest.raises(Refused, match=r"超过合同金额，合同还剩 80\.00"):
        settled(access)
    made = draw_up(
        access("reviewer", LATER), Region.objects.get(code=COUNTY), benefit="elder_services", month=MONTH
    )
    assert [left for _, left in beyond_ceiling(made)] == [8000]
    actions_of_two = Order.objects.filter(statement__settlement=made)
    assert actions_of_two.count() == 2


def test_a_complaint_holds_the_money_and_one_that_is_right_keeps_it(access, place, elder):
    helper = access("helper", DAY)
    order = place.served(helper, elder, DAY)
    actions.confirm(helper, order, rating=1)
    complaint = complain(access("clerk", DAY), order, text="只来了十分钟")
    assert complaint.due_on == dt.date(2026, 10, 27)
    assert settled(access).total_fen == 0
    answer(access("reviewer", LATER), complaint, finding="定位显示十分钟", is_upheld=True)
    assert Order.objects.get(pk=order.pk).state == State.REJECTED
