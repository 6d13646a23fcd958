"""The facility map, services near a village, and the circle of fifteen minutes."""

import datetime as dt

import pytest
from django.test import Client

from minzheng.business.elderly.institutions.circle import elders, radius, reached_elders, reached_villages
from minzheng.business.elderly.institutions.indicators import (
    BEDS,
    NEW_TEKUN_BEDS,
    NURSING_SHARE,
    beds,
    new_tekun_beds,
    nursing,
)
from minzheng.business.elderly.institutions.tests.making import elder, home
from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.people.models import Person
from minzheng.online.portal.near.views import in_words

pytestmark = pytest.mark.django_db
TODAY = dt.date.today()
HERE, THERE = "431227107203", "431227101200"
METRE = 1 / 111_320  # in degrees of latitude


def seat(region=HERE, latitude=27.35):
    return Seat.objects.create(region_id=region, longitude=109.17, latitude=latitude, source="测试")


def centre(metres_north=0.0, **facts):
    return Facility.objects.create(
        **{
            "kind": "day_care", "name": "新村日间照料中心", "region_id": HERE, "opened_on": dt.date(2020, 1, 1),
            "longitude": 109.17, "latitude": 27.35 + metres_north * METRE, "phone": "07456220101",
        } | facts
    )  # fmt: skip


@pytest.mark.covers(
    "S-097", by="minzheng/business/elderly/institutions/circle.py", screen="/desk/map/?circle=1"
)
@pytest.mark.parametrize(("beyond", "reached"), [(-1, True), (1, False)])
def test_a_village_is_reached_up_to_the_metre(regions, beyond, reached):
    """15 minutes × 250 metres a minute ÷ 1.3, the demo province's figures by bicycle."""
    assert radius("431227000000", TODAY) == pytest.approx(15 * 250 / 1.3)
    seat()
    centre(15 * 250 / 1.3 + beyond)
    assert reached_villages(TODAY) == ([HERE] if reached else [])


@pytest.mark.parametrize(
    "facts",
    [
        {"closed_on": TODAY, "state": "closed"},
        {"state": "paused"},
        {"state": "planned"},
        {"longitude": None, "latitude": None},
        {"kind": "nothing"},
    ],
)
def test_what_does_not_serve_today_reaches_nobody(regions, facts):
    seat()
    centre(**facts)
    assert reached_villages(TODAY) == []


def test_old_people_count_from_their_birthday_and_unknown_places_not_at_all(regions):
    seat()
    centre()
    birthday = (
        TODAY.replace(year=TODAY.year - 60) if (TODAY.month, TODAY.day) != (2, 29) else dt.date(1960, 2, 28)
    )
    for number, (born, region) in enumerate(
        ((birthday, HERE), (birthday + dt.timedelta(days=1), HERE), (birthday, THERE))
    ):
        Person.objects.create(name=f"某{number}", region_id=region, birth_date=born)
    assert list(reached_elders(TODAY).values_list("name", flat=True)) == ["某0"]
    assert elders(TODAY).count() == 1  # nobody knows where 炉冲村's office is
    seat(THERE, 27.9)
    assert (reached_elders(TODAY).count(), elders(TODAY).count()) == (1, 2)


@pytest.mark.covers(
    "S-089",
    by="minzheng/business/elderly/institutions/indicators.py",
    screen="/desk/indicators/homes.nursing_share/",
)
@pytest.mark.covers(
    "S-090",
    by="minzheng/business/elderly/institutions/indicators.py",
    screen="/desk/indicators/N15a/",
)
@pytest.mark.covers(
    "S-091", by="minzheng/business/elderly/institutions/indicators.py", screen="/desk/indicators/homes.beds/"
)
def test_beds_are_counted_by_kind_and_the_list_behind_a_figure_is_the_figure(client, cast):
    where = home()  # three plain, three nursing, opened this January or before
    where.beds.filter(number="1-1").update(state="closed", closed_on=TODAY)
    where.beds.filter(number="2-1").update(is_tekun=True, opened_on=TODAY)
    month = TODAY.replace(day=1)
    assert (beds(month).count(), nursing(month).count(), new_tekun_beds(month).count()) == (5, 3, 1)
    compute(month)
    value = IndicatorValue.objects.get(indicator=NURSING_SHARE.code, region_id="431227000000")
    assert value.value == 60
    client.force_login(cast["reviewer"])
    for indicator, count in ((NURSING_SHARE, 3), (BEDS, 5), (NEW_TEKUN_BEDS, 1)):
        listed = client.get("/desk/registers/elder-home-beds/", indicator.drill.filters(month))
        assert listed.context["count"] == count, indicator.code


def test_the_map_shows_places_of_the_own_division_beside_their_list(cast):
    centre()
    centre(name="炉冲村日间照料中心", region_id=THERE, latitude=27.4)
    clerk, outsider = Client(), Client()
    clerk.force_login(cast["clerk"])
    outsider.force_login(cast["outsider"])
    page = clerk.get("/desk/map/").content.decode()
    assert "新村日间照料中心" in page and "炉冲村日间照料中心" not in page  # the next township's
    assert "<circle" in page and "/desk/registers/facilities/rows/" in page
    assert "日间照料中心" not in clerk.get("/desk/map/?kind=elder_home").context["places"].__repr__()
    assert clerk.get("/desk/map/?q=没有").context["total"] == 0
    assert clerk.get("/desk/map/", {"region": "431228000000"}).status_code == 404
    assert outsider.get("/desk/map/").context["total"] == 0


def test_many_places_are_shown_as_numbers_of_their_divisions(cast):
    Facility.objects.bulk_create(
        Facility(
            kind="mutual_aid", name=f"点{number}", region_id=HERE if number % 2 else THERE, longitude=109.1 + number / 500,
            latitude=27.3, opened_on=dt.date(2020, 1, 1),
        )
        for number in range(61)
    )  # fmt: skip
    client = Client()
    client.force_login(cast["reviewer"])
    picture = client.get("/desk/map/").context["picture"]
    assert sorted(dot.name for dot in picture.dots) == ["晃洲镇30处", "波洲镇31处"]
    with_names = client.get("/desk/map/", {"region": "431227107000"}).context["picture"]
    assert len(with_names.dots) == 30


def test_citizens_find_what_is_near_without_being_known(regions, django_assert_max_num_queries):
    seat()
    centre(300, name="近处中心")
    centre(2500, name="远处中心", phone="")
    home()  # 养老机构 are public too
    visitor = Client()
    assert "新晃侗族自治县" in visitor.get("/services-near/").content.decode()
    with django_assert_max_num_queries(16):
        page = visitor.get("/services-near/", {"at": HERE}).content.decode()
    assert page.index("近处中心") < page.index("远处中心")
    assert "约300米" in page and "约2.5公里" in page and 'href="tel:07456220101"' in page
    assert visitor.get("/services-near/", {"at": "999999999999"}).status_code == 404
    assert (in_words(20), in_words(949), in_words(float("inf"))) == ("约100米", "约900米", "")


def test_an_elder_in_a_village_with_a_home_is_within_reach(regions):
    seat()
    home()
    elder()
    assert reached_elders(TODAY).count() == 1
