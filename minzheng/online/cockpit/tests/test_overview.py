"""辖区概览: figures by division under the viewer's rights, never a person."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.indicators.words import Indicator
from minzheng.datacenter.screening.models import ScreeningRun
from minzheng.datacenter.signals.models import SignalRun
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Category, Household, Membership, Person
from minzheng.foundation.regions.models import Boundary, Region
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 1, 1)


@pytest.fixture
def viewer(cast):
    client = Client()
    client.force_login(cast["province"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def families(count, region, fen=50_000):
    for number in range(count):
        head = Person.objects.create(name=f"某{region[-6:]}{number}", region_id=region)
        home = Household.objects.create(region_id=region, category=Category.RURAL, head=head, since=SINCE)
        Membership.objects.create(household=home, person=head, relation="本人", since=SINCE)
        right = Entitlement.objects.create(
            benefit="dibao", household=home, person=head, payee=head, region_id=region, since_month=SINCE
        )
        EntitlementAmount.objects.create(
            entitlement=right, from_month=SINCE, amount_fen=fen, reason="grant", cite="测试", decided_on=SINCE
        )


def rows(response):
    return {row.name: row for row in response.context["rows"]}


def test_it_counts_families_people_and_money_of_each_township(viewer, regions):
    families(6, "431227107203")
    families(5, "431227101200")
    found = rows(viewer.get("/cockpit/431227000000/"))
    assert (found["晃洲镇"].families, found["晃洲镇"].people, found["晃洲镇"].money) == (
        "6",
        "6",
        "3,000.00元",
    )
    assert found["波洲镇"].money == "2,500.00元"


def test_it_counts_everybody_once_whoever_s_right_it_is(viewer, regions):
    """A member of a dibao family with an allowance of her own is one person, and her allowance no further family."""
    families(6, "431227107203")
    for person in [
        *Person.objects.filter(name="某1072030"),
        Person.objects.create(name="独", region_id="431227107203"),
    ]:
        Entitlement.objects.create(
            benefit="allowance", person=person, payee=person, region_id="431227107203", since_month=SINCE
        )
    found = rows(viewer.get("/cockpit/431227000000/"))
    assert (found["晃洲镇"].families, found["晃洲镇"].people) == ("6", "7")


def test_it_hides_a_township_with_fewer_than_five_families(viewer, regions):
    families(6, "431227107203")
    families(4, "431227101200")
    found = rows(viewer.get("/cockpit/431227000000/"))
    assert (found["波洲镇"].families, found["波洲镇"].money) == ("不显示", "不显示")
    assert found["晃洲镇"].families == "不显示"  # ten less six would give it away


@pytest.mark.covers("S-007", by="minzheng/online/cockpit/table.py", screen="/cockpit/")
def test_it_leads_down_to_townships_and_stops_before_villages(viewer, regions):
    found = rows(viewer.get("/cockpit/431227107000/"))
    assert found["新村"].url == ""
    assert viewer.get("/cockpit/431227107203/").status_code == 404


def test_it_shades_the_parts_by_the_figure_one_chooses(viewer, regions):
    families(6, "431227107203")
    families(5, "431227101200", fen=60_000)
    page = viewer.get("/cockpit/431227000000/?show=money")
    parts = {part["name"]: part["value"] for part in page.context["map"]["features"]}
    assert (parts["晃洲镇"], parts["波洲镇"]) == (3000, 3000)
    assert viewer.get("/cockpit/431227000000/?show=nonsense").context["map"]["caption"] == "各地享受待遇家庭"


def test_it_hides_on_the_map_what_the_table_hides(viewer, regions):
    families(6, "431227107203")
    families(4, "431227101200")
    for figure in ("families", "people", "money"):
        page = viewer.get(f"/cockpit/431227000000/?show={figure}")
        parts = {part["name"]: part["value"] for part in page.context["map"]["features"]}
        assert (parts["晃洲镇"], parts["波洲镇"]) == (None, None), figure


def test_it_draws_outlines_with_their_approval_number_once_all_are_imported(viewer, regions):
    below = list(Region.objects.filter(parent="431227000000"))
    square = {"type": "Polygon", "coordinates": [[[109, 27], [110, 27], [110, 28], [109, 28], [109, 27]]]}
    for number, part in enumerate(below):
        assert "方块按区划代码排列" in viewer.get("/cockpit/431227000000/").content.decode(), number
        Boundary.objects.create(region=part, geometry=square, source="测绘院", approval="GS(2024)0650号")
    page = viewer.get("/cockpit/431227000000/").content.decode()
    assert "审图号：GS(2024)0650号" in page and "方块按区划代码排列" not in page
    code = next(one.code for one in shelf(Indicator) if one.unit == "人" and one.formula and not one.of)
    value("431227107000", 30, code)
    by_indicator = viewer.get(f"/cockpit/431227000000/?show={code}").content.decode()
    assert "审图号：GS(2024)0650号" in by_indicator, "no map goes without its approval"


def test_it_tells_how_far_applications_come_but_not_of_fewer_than_five(viewer, regions, cast):
    def applications(count, **state):
        for number in range(count):
            person = Person.objects.create(name=f"申请{state}{number}", region_id="431227107203")
            Case.objects.create(
                number=f"T{Case.objects.count():08d}", item="A1", channel="desk", region_id="431227107203",
                accepted_in_id="431227107203", applicant=person, opened_by=cast["clerk"], step="accept",
                status="submitted", opened_on=dt.date.today(), submitted_on=dt.date.today(), **state,
            )  # fmt: skip

    applications(4)
    assert viewer.get("/cockpit/431227000000/").context["funnel"] == []
    applications(5, accepted_on=dt.date.today())
    assert viewer.get("/cockpit/431227000000/").context["funnel"] == [
        ("提交申请", 9),
        ("受理", 5),
        ("公示", 0),
        ("作出决定", 0),
        ("予以确认", 0),
    ]


MONTH = dt.date.today().replace(day=1)


def value(region, number, code="dibao.persons", month=MONTH):
    IndicatorValue.objects.create(
        indicator=code, region_id=region, month=month, numerator=number, value=number, computed_at=timezone.now()
    )  # fmt: skip


def test_it_draws_any_indicator_over_the_parts_and_the_months(viewer, regions):
    code = next(one.code for one in shelf(Indicator) if one.unit == "人" and one.formula and not one.of)
    value("431227000000", 42, code, add_months(MONTH, -1))
    for place, number in (("431227000000", 44), ("431227107000", 30), ("431227101000", 14)):
        value(place, number, code)
    page = viewer.get(f"/cockpit/431227000000/?show={code}")
    parts = {part["name"]: part["value"] for part in page.context["drawn"]["features"]}
    assert (parts["晃洲镇"], parts["波洲镇"]) == (30, 14)
    assert page.context["drawn"]["series"][0][1] == [42, 44]
    assert any(row.value == "44 人" for row in page.context["plan"].rows)


def test_it_hides_small_parts_of_an_indicator_too(viewer, regions):
    code = next(one.code for one in shelf(Indicator) if one.unit == "人" and one.formula and not one.of)
    for place, number in (("431227000000", 33), ("431227107000", 30), ("431227101000", 3)):
        value(place, number, code)
    page = viewer.get(f"/cockpit/431227000000/?show={code}")
    parts = {part["name"]: part["value"] for part in page.context["drawn"]["features"]}
    assert (parts["晃洲镇"], parts["波洲镇"]) == (None, None), "33 less 30 would give three away"


@pytest.mark.parametrize(
    ("days", "tone"), [(None, "neutral"), (35, "ok"), (36, "warn")], ids=["never", "fresh", "old"]
)
def test_it_says_how_fresh_the_data_are(viewer, regions, days, tone):
    if days is not None:
        run = ScreeningRun.objects.create(region_id="431227000000", month=MONTH, digest="x", looked=1)
        at = timezone.now() - dt.timedelta(days=days) + dt.timedelta(minutes=1)
        ScreeningRun.objects.filter(pk=run.pk).update(finished_at=at)
    page = viewer.get("/cockpit/431227000000/")
    assert {part.title: part.tone for part in page.context["freshness"]}["全员筛查"] == tone


def test_it_shows_a_broken_signal_in_red(viewer, regions):
    SignalRun.objects.create(
        signal="medical", region_id="431227000000", month=MONTH, state="broken", trouble="没有数据"
    )
    page = viewer.get("/cockpit/431227000000/")
    assert "1 项失灵" in page.content.decode()


def test_it_says_no_data_and_not_zero_where_no_county_keeps_its_people_here(viewer, regions):
    families(6, "431227107203")
    page = viewer.get("/cockpit/431200000000/")
    found = rows(page)
    assert (found["新晃侗族自治县"].families, found["芷江侗族自治县"].families) == ("6", "—")
    assert found["芷江侗族自治县"].light == "没有数据"
    parts = {part["name"]: (part["value"], part["words"]) for part in page.context["map"]["features"]}
    assert parts["芷江侗族自治县"] == (None, "没有数据") and parts["新晃侗族自治县"] == (6, "")
    assert rows(viewer.get("/cockpit/431227000000/"))["波洲镇"].families == "0"


def test_it_names_nobody(viewer, regions):
    families(6, "431227107203")
    assert "某107203" not in viewer.get("/cockpit/431227107000/").content.decode()


def test_it_opens_at_the_viewers_own_region(cast):
    client = Client()
    client.force_login(cast["approver"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cockpit/").context["region"].name == "新晃侗族自治县"
    assert client.get("/cockpit/430000000000/").status_code == 404
    assert client.get("/cockpit/431228000000/").status_code == 404


def test_it_is_closed_to_who_may_not_see_figures(cast):
    client = Client()
    client.force_login(cast["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cockpit/").status_code == 403


def test_it_asks_the_database_a_fixed_number_of_questions(viewer, regions, django_assert_max_num_queries):
    families(12, "431227107203")
    viewer.get("/cockpit/431227000000/")
    with django_assert_max_num_queries(33):
        viewer.get("/cockpit/431227000000/")
