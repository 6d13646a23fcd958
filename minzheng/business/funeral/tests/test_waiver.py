"""F1: the bill offset at the counter, one waiver a death, and the treasury's settlement proven to the fen (EX24)."""

import pytest
from django.db import IntegrityError, transaction

from minzheng.business.funeral.bills import make_bill, settle_with_family, stop_price
from minzheng.business.funeral.models import Bill, Run
from minzheng.business.funeral.settlement import confirm_run, draw_up
from minzheng.business.funeral.tests.making import COUNTY, body, burn, day, home, person, quantities
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Role, User
from minzheng.foundation.actions import Refused
from minzheng.foundation.payments.tests.office import Office, assert_proven
from minzheng.foundation.regions.models import Region

pytestmark = pytest.mark.django_db
EX24 = {"transport": 1, "storage": 2, "cremation": 1, "ashes": 1}


def cremated(at, where, dead=None):
    held = body(at("2026-10-18"), where, dead or person(), "2026-10-17", "2026-10-18")
    return burn(at("2026-10-20"), held, "2026-10-20")


def bill(at, where, dead=None, **more):
    return make_bill(at("2026-10-20"), cremated(at, where, dead), quantities(where, **EX24 | more))


@pytest.mark.covers("S-150", by="minzheng/business/funeral/bills.py", screen="/desk/funeral/")
def test_ex24_the_bill_is_offset_at_the_counter(at):
    where = home()
    one = bill(at, where)
    assert (one.total_fen, one.waived_fen, one.family_fen) == (160_000, 150_000, 10_000)
    assert one.decision["results"]["funeral_waived"] == 150_000
    with_hall = bill(at, where, other=1)
    assert (with_hall.total_fen, with_hall.waived_fen, with_hall.family_fen) == (210_000, 150_000, 60_000)


def test_a_stranger_is_not_waived_and_an_unknown_hukou_waits(at):
    where = home()
    stranger = bill(at, where, person(hukou="431228000000"))
    assert (stranger.waived_fen, stranger.family_fen) == (0, 160_000)
    with pytest.raises(Refused, match="逝者户籍在本县"):
        bill(at, where, person(hukou=None))
    assert Bill.objects.count() == 1


def test_one_waiver_a_death_whatever_the_clerk_does(at):
    where = home()
    one = bill(at, where)
    with pytest.raises(Refused, match="减免只有一次"):
        make_bill(at("2026-10-20"), one.reception, quantities(where, **EX24))
    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.create(
            reception=cremated(at, where), person=one.person, home=where, region_id=where.region_id, on=one.on,
            total_fen=1, waived_fen=1, family_fen=0,
        )  # fmt: skip


def test_only_what_the_list_of_the_day_holds_is_charged(at):
    where, elsewhere = home(), home()
    body_ = cremated(at, where)
    with pytest.raises(Refused, match="收费清单"):
        make_bill(at("2026-10-20"), body_, quantities(elsewhere, cremation=1))
    hall = where.prices.get(basic="")
    stop_price(at("2026-10-20"), hall, until="2026-10-20")
    with pytest.raises(Refused, match="收费清单"):
        make_bill(at("2026-10-20"), body_, {hall.pk: 1})
    with pytest.raises(Refused, match="还没有项目"):
        make_bill(at("2026-10-20"), body_, {hall.pk: 0})


def test_not_more_days_are_charged_than_the_body_lay_there(at):
    where = home()
    from_the_18th_to_the_20th = cremated(at, where)
    with pytest.raises(Refused, match="不超过3日"):
        make_bill(at("2026-10-20"), from_the_18th_to_the_20th, quantities(where, **EX24 | {"storage": 4}))
    every_day_begun = make_bill(
        at("2026-10-20"), from_the_18th_to_the_20th, quantities(where, **EX24 | {"storage": 3})
    )
    assert every_day_begun.total_fen == 180_000


def test_the_treasury_settles_a_month_with_each_home_by_the_ordinary_lists(at, access):
    county, (one, two) = Region.objects.get(pk=COUNTY), (home(), home())
    bills = [bill(at, one), bill(at, one), bill(at, two)]
    for each in bills[1:]:
        settle_with_family(at("2026-10-20"), each)
    with pytest.raises(Refused, match="还没有过完"):
        draw_up(at("2026-10-31"), county, month=day("2026-10-01"))
    run = draw_up(at("2026-11-01"), county, month=day("2026-10-01"))
    settle_with_family(at("2026-11-01"), bills[0])
    run = draw_up(at("2026-11-01"), county, month=day("2026-10-01"))  # a draft is made anew
    assert list(run.lines.values_list("count", "fen")) == [(2, 300_000), (1, 150_000)]
    second_account = User.objects.create(username="舒丽二号", display_name="舒丽", person=run.maker)
    second_account.assignments.create(role=Role.COUNTY_APPROVER, region_id=COUNTY, since=day("2020-01-01"))
    maker_twice = Access(second_account, day("2026-11-02"))
    with pytest.raises(Refused, match="不能是同一个人"):
        confirm_run(maker_twice, run, expected_fen=450_000)
    with pytest.raises(Refused, match="刚有变化"):
        confirm_run(access("approver", day("2026-11-02")), run, expected_fen=1)
    for _ in range(2):
        confirm_run(access("approver", day("2026-11-02")), run, expected_fen=450_000)
    assert set(Bill.objects.values_list("state", flat=True)) == {"settled"} and Run.objects.count() == 1
    with pytest.raises(Refused, match="列入下个月"):
        draw_up(at("2026-11-03"), county, month=day("2026-10-01"))
    office = Office(access)
    office.fund(code="funeral_waiver")
    batch = office.pay_organisation(office.make("2026-10", "funeral_waiver"))
    assert (batch.payable_count, batch.payable_fen) == (2, 450_000)
    assert_proven("2026-10")
