"""What a county keeps beside homes and beds: day care, mutual aid, training, agreements with clinics, the published list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.elderly import counting
from minzheng.business.elderly.basics.look import look
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.business.elderly.daycare.actions import enrol, keep_day, leave
from minzheng.business.elderly.daycare.models import Attendance
from minzheng.business.elderly.daycare.subsidy import due
from minzheng.business.elderly.indicators import STREETS_WITH_A_CENTRE
from minzheng.business.elderly.institutions.tests.making import account, organisation
from minzheng.business.elderly.medical.signing import remind, sign_with_clinic, signed_homes
from minzheng.business.elderly.mutual.actions import (
    add_activity,
    add_helper,
    helper_leaves,
    keep_turn,
    plan_turns,
)
from minzheng.business.elderly.mutual.models import Duty
from minzheng.business.elderly.training.actions import enrol as enrol_trainee
from minzheng.business.elderly.training.actions import examine, open_course
from minzheng.business.elderly.visiting import rounds
from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import Task

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 10, 12)
NUMBER = "431227194603010020"


@pytest.fixture
def place(regions):
    def of(kind, name="晃洲", **more):
        return Facility.objects.create(
            kind=kind, name=name, region_id=VILLAGE, opened_on=dt.date(2026, 1, 5), **more
        )

    return of


@pytest.fixture
def elder(cast):
    person = Person.objects.get(pk=cast["xiuying"].person_id)
    person.birth_date = dt.date(1946, 3, 8)
    person.save()
    return person


@pytest.mark.covers("S-096", by="minzheng/business/elderly/daycare", screen="/desk/elders/day-care/")
def test_a_day_at_the_centre_is_ticked_off_and_paid_by_person_and_day(access, place, elder):
    owner = organisation()
    centre = place("day_care", organisation=owner)
    own = Access(account(owner), NOW)
    said = {"id_no": elder.id_no, "contact": "儿子 13900000000", "day_fee_fen": 500}
    with pytest.raises(Refused, match="姓名和号码都相符"):
        enrol(own, centre, name="别人", **said)
    guest = enrol(own, centre, name=elder.name, **said)
    assert keep_day(own, centre, NOW, {guest.pk: 2}) == 1
    assert keep_day(own, centre, NOW, {guest.pk: 1}) == 1, "the same day said again"
    one = Attendance.objects.get()
    assert (one.meals, one.fee_fen) == (1, 500)
    for day, why in ((NOW + dt.timedelta(days=1), "晚于今天"), (NOW - dt.timedelta(days=32), "一个月以前")):
        with pytest.raises(Refused, match=why):
            keep_day(own, centre, day, {})
    with pytest.raises(PermissionDenied):
        keep_day(Access(account(organisation()), NOW), centre, NOW, {guest.pk: 1})
    (charged,) = due(COUNTY, dt.date(2026, 10, 1))
    assert (charged.provider, charged.count, charged.fen) == (owner.pk, 1, 800)
    assert not list(due(COUNTY, dt.date(2026, 9, 1)))
    keep_day(own, centre, NOW, {})
    assert not Attendance.objects.exists(), "nobody came after all"
    assert leave(own, guest).until == NOW


@pytest.mark.covers("S-104", by="minzheng/business/elderly/mutual", screen="/desk/registers/mutual-points/")
def test_helpers_take_turns_day_by_day_and_who_leaves_is_taken_off_the_rota(access, place):
    point, helper = place("mutual_aid"), access("helper", NOW)
    with pytest.raises(Refused, match="还没有互助员"):
        plan_turns(helper, point, first=NOW, last=NOW)
    first = add_helper(helper, point, name="吴秀英", phone="13974500001", helps=3)
    assert type(first).objects.get(pk=first.pk).phone == "13974500001"
    second = add_helper(helper, point, name="杨大山")
    assert plan_turns(helper, point, first=NOW, last=NOW + dt.timedelta(days=3)) == 4
    assert plan_turns(helper, point, first=NOW, last=NOW + dt.timedelta(days=4)) == 1, "days planned stay"
    turns = list(Duty.objects.order_by("on").values_list("helper__name", flat=True))
    assert turns[:4] == ["吴秀英", "杨大山", "吴秀英", "杨大山"]
    duty = Duty.objects.get(on=NOW)
    assert keep_turn(helper, duty, kept=True, seen=4).seen == 4
    with pytest.raises(Refused, match="还没有到"):
        keep_turn(helper, Duty.objects.get(on=NOW + dt.timedelta(days=1)), kept=True)
    helper_leaves(helper, second)
    assert set(Duty.objects.filter(on__gt=NOW).values_list("helper", flat=True)) == {first.pk}
    add_activity(helper, point, on=NOW, kind="meal", title="重阳聚餐", attended=20)
    assert counting.points(NOW.replace(day=1)).count() == 1
    with pytest.raises(PermissionDenied):
        add_helper(access("outsider", NOW), point, name="外人")


@pytest.mark.covers(
    "S-109", by="minzheng/business/elderly/training", screen="/desk/registers/training-bases/"
)
def test_a_trainee_gets_a_certificate_from_the_pass_mark_on(access, place):
    Issuer.objects.create(
        region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W"
    )
    reviewer = access("reviewer", NOW)
    base = place("elder_training_base")
    course = open_course(
        reviewer,
        base,
        title="初级护理员班",
        trade="carer",
        since=NOW,
        until=NOW + dt.timedelta(days=5),
        hours=40,
    )
    trainee = enrol_trainee(reviewer, course, name="向梅", id_no="431227198506060022")
    with pytest.raises(Refused, match="已经在这个班里"):
        enrol_trainee(reviewer, course, name="向梅", id_no="431227198506060022")
    failed = examine(reviewer, trainee, points=59)
    assert (failed.passed_on, failed.certificate) == (None, None)
    passed = examine(reviewer, trainee, points=60)
    assert passed.certificate.name == "向梅" and "431227198506060022" not in str(passed.certificate.rows)
    month = NOW.replace(day=1)
    assert [counting.trained(month, trade).count() for trade in ("carer", "director")] == [1, 0]
    second = open_course(
        reviewer,
        base,
        title="评估员班",
        trade="assessor",
        since=NOW,
        until=NOW + dt.timedelta(days=5),
        hours=40,
    )
    examine(reviewer, enrol_trainee(reviewer, second, name="向梅", id_no="431227198506060022"), points=90)
    assert (counting.trained(month, "assessor").count(), counting.workforce(month).count()) == (1, 1)


@pytest.mark.covers("S-095", by="minzheng/business/elderly/indicators.py", screen="/desk/indicators/N22a/")
def test_a_street_is_covered_by_a_centre_of_its_own_and_a_town_is_no_street(place, regions):
    month = NOW.replace(day=1)
    for code, name in (("431227001000", "城东街道"), ("431227002000", "城西街道办事处")):
        Region.objects.create(
            code=code,
            name=name,
            full_name=name,
            level=4,
            parent_id=COUNTY,
            since=dt.date(2020, 1, 1),
            source="测试",
        )
    place("street_centre")  # of a town
    assert (counting.streets(month).count(), counting.streets_with_a_centre(month).count()) == (2, 0)
    Facility.objects.create(
        kind="street_centre", name="城东", region_id="431227001000", opened_on=dt.date(2026, 1, 5)
    )
    compute(month, [STREETS_WITH_A_CENTRE])
    stored = IndicatorValue.objects.filter(indicator="N22a").values_list("region", "value")
    assert dict(stored)[COUNTY] == 50


@pytest.mark.covers("S-107", by="minzheng/business/elderly/medical", screen="/desk/registers/home-signing/")
def test_an_agreement_that_runs_out_is_told_once_and_counts_until_its_last_day(access, place):
    home = place("elder_home", name="夕阳红养老院")
    until = NOW + dt.timedelta(days=30)
    sign_with_clinic(access("helper", NOW), home, clinic="镇卫生院", since=NOW, until=until)
    assert [signed_homes(until).count(), signed_homes(until + dt.timedelta(days=1)).count()] == [1, 0]
    assert [remind(NOW - dt.timedelta(days=1)), remind(NOW), remind(NOW)] == [0, 1, 0]
    assert "镇卫生院" in Task.objects.get(kind="elderly.renew_signing").reason
    sign_with_clinic(
        access("helper", NOW), home, clinic="县医院", since=NOW, until=until + dt.timedelta(days=365)
    )
    assert remind(NOW + dt.timedelta(days=1)) == 0, "it was renewed"


@pytest.mark.covers("S-077", by="minzheng/business/elderly/basics", screen="/desk/elders/basics/")
def test_the_list_says_for_each_elder_what_is_due_and_whether_it_came(access, elder):
    home = Household.objects.create(
        region=elder.region, category="rural", head=elder, since=dt.date(2020, 1, 1)
    )
    Membership.objects.create(household=home, person=elder, relation="户主", since=home.since)
    young = Person.objects.create(name="小吴", region_id=VILLAGE, birth_date=dt.date(1961, 10, 13))

    def stands():
        look(COUNTY, NOW)
        return dict(Guaranteed.objects.filter(person=elder).values_list("entry", "given"))

    assert stands() == {"allowance": False, "assessment": False}
    assert not Guaranteed.objects.filter(person=young).exists(), "65 tomorrow"
    grant(
        access("approver", NOW), elder, code="elder_allowance", amount_fen=5000, reached_on=NOW,
        why=Why("granted", "测试", NOW),
    )  # fmt: skip
    rounds.put_on(access("helper", NOW), elder, groups=["alone"], risk="low")
    assert stands() == {"allowance": True, "assessment": False, "visits": False}
    assert counting.given_services(NOW.replace(day=1)).count() == 1
    Person.objects.filter(pk=elder.pk).update(died_on=NOW)
    look(COUNTY, NOW + dt.timedelta(days=1))
    assert not Guaranteed.objects.filter(person=elder).exists()
