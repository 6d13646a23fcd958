"""Reporting by hand with four eyes, and sharing out targets so that the parts keep the whole."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.datacenter.indicators import actions
from minzheng.datacenter.indicators.models import ReportedValue, Target
from minzheng.datacenter.indicators.reading import readings, values
from minzheng.datacenter.indicators.targets import load_targets
from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.actions import Refused

pytestmark = pytest.mark.django_db
COUNTY, CITY, PROVINCE = "431227000000", "431200000000", "430000000000"
OCTOBER, TODAY = dt.date(2026, 10, 1), dt.date(2026, 11, 5)


@pytest.fixture
def maker(access):
    return access("reviewer", TODAY)


@pytest.fixture
def checker(access):
    return access("approver", TODAY)


def enter(maker, regions, value=80, code="N22b", region=COUNTY, basis="三季度养老报表", month=OCTOBER):
    return actions.report_value(maker, regions[region], code, month, Decimal(value), basis=basis)


def test_a_reported_value_counts_once_another_has_confirmed_it(maker, checker, regions):
    report = enter(maker, regions)
    assert values(regions[COUNTY], OCTOBER) == {}
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.confirm_report(maker, report)
    actions.confirm_report(checker, report)
    assert values(regions[COUNTY], OCTOBER)["N22b"].value == 80


def test_a_yearly_or_standing_value_speaks_until_the_next(maker, checker, regions):
    actions.confirm_report(checker, enter(maker, regions, month=dt.date(2026, 3, 1)))
    assert values(regions[COUNTY], OCTOBER)["N22b"].value == 80  # the share at a point in time
    actions.confirm_report(checker, enter(maker, regions, 5, "N35", month=dt.date(2025, 12, 1)))
    assert "N35" not in values(regions[COUNTY], OCTOBER)  # last year's new homes are not this year's


def test_a_correction_replaces_and_keeps_the_first(maker, checker, regions):
    actions.confirm_report(checker, enter(maker, regions, 80))
    actions.confirm_report(checker, enter(maker, regions, 81))
    assert list(ReportedValue.objects.order_by("pk").values_list("state", flat=True)) == [
        "replaced",
        "confirmed",
    ]
    assert values(regions[COUNTY], OCTOBER)["N22b"].value == 81


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code": "N03a"}, "由系统计算"),
        ({"basis": " "}, "依据文件"),
        ({"month": dt.date(2026, 12, 1)}, "还没有开始"),
        ({"value": -1}, "不能小于0"),
        ({"region": "431227107000"}, "请选择上级地区"),
    ],
)
def test_it_refuses_what_cannot_be_reported(maker, regions, change, why):
    with pytest.raises(Refused, match=why):
        enter(maker, regions, **change)


def test_the_next_county_reports_nothing_here(access, regions):
    with pytest.raises(PermissionDenied):
        enter(access("outsider"), regions)


def test_a_returned_report_may_be_entered_again(maker, checker, regions):
    actions.return_report(checker, enter(maker, regions), note="与报表不符")
    assert enter(maker, regions, 79).pk


@pytest.fixture
def planner(access, cast):
    """田文斌, for this test also the planner of the province."""
    Assignment.objects.create(
        user=cast["approver"], role=Role.COUNTY_APPROVER, region_id=PROVINCE, since=dt.date(2020, 1, 1)
    )
    return access("approver", TODAY)


@pytest.fixture
def beds(regions):
    load_targets()
    return Target.objects.get(indicator="N15a")


def test_shares_must_keep_the_whole(planner, beds):
    with pytest.raises(Refused, match="还差 1"):
        actions.share_target(planner, beds, {CITY: Decimal(4999)}, document="省民政厅〔2021〕1号")
    shares = actions.share_target(planner, beds, {CITY: Decimal(5000)}, document="省民政厅〔2021〕1号")
    assert [(one.region_id, one.value, one.parent_id) for one in shares] == [(CITY, 5000, beds.pk)]


def test_a_share_is_the_target_of_the_part_and_is_shared_on(planner, beds, regions):
    [city] = actions.share_target(planner, beds, {CITY: Decimal(5000)}, document="省〔2021〕1号")
    actions.share_target(
        planner, city, {COUNTY: Decimal(300), "431228000000": Decimal(4700)}, document="市〔2021〕2号"
    )
    assert readings(regions[COUNTY], dt.date(2021, 6, 1), ["N15a"])[0].target.value == 300


def test_sharing_anew_makes_versions_and_keeps_what_stays(planner, beds):
    [city] = actions.share_target(planner, beds, {CITY: Decimal(5000)}, document="市〔2021〕2号")
    first = {COUNTY: Decimal(300), "431228000000": Decimal(4700)}
    actions.share_target(planner, city, first, document="市〔2021〕2号")
    assert actions.share_target(planner, city, first, document="市〔2021〕2号") == []
    [changed] = actions.share_target(planner, city, first | {COUNTY: Decimal(400)}, document="市〔2021〕5号")
    assert (changed.version, changed.value) == (2, 400)
    assert Target.objects.filter(indicator="N15a", region_id=COUNTY).count() == 2


@pytest.mark.parametrize(("shares", "why"), [({COUNTY: 5000}, "直接下级"), ({CITY: -1}, "不能小于0")])
def test_it_refuses_shares_of_strangers_and_below_nought(planner, beds, shares, why):
    with pytest.raises(Refused, match=why):
        actions.share_target(planner, beds, {code: Decimal(n) for code, n in shares.items()}, document="文件")


def test_a_ratio_is_not_shared_out_and_a_part_may_only_ask_more(planner, regions):
    load_targets()
    ratio = Target.objects.get(indicator="N16")
    with pytest.raises(Refused, match="不用分解"):
        actions.share_target(planner, ratio, {CITY: Decimal(100)}, document="文件")

    def own(value):
        return Target(
            indicator="N16", region=regions[COUNTY], since=dt.date(2021, 1, 1), until=dt.date(2021, 12, 31),
            comparator="at_least", value=Decimal(value), document="县〔2021〕3号", text="县定",
        )  # fmt: skip

    with pytest.raises(Refused, match="不能放宽"):
        actions.set_target(planner, own(49))
    actions.set_target(planner, own(50))
    assert actions.set_target(planner, own(60)).version == 2
    assert readings(regions[COUNTY], dt.date(2021, 6, 1), ["N16"])[0].target.value == 60


def test_the_county_cannot_change_the_provinces_target(access, beds):
    with pytest.raises(PermissionDenied):
        actions.share_target(access("reviewer"), beds, {CITY: Decimal(5000)}, document="文件")
