"""The monthly report: computed, checked, reconciled to the fen, frozen by another, corrected by a new version only."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from minzheng.business.assistance.reports import DIBAO_MONTHLY
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.indicators.tests.conftest import OTHER, VILLAGE
from minzheng.datacenter.statistics import actions
from minzheng.datacenter.statistics.build import Content, Line, build, content_of
from minzheng.datacenter.statistics.checks import check
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.datacenter.statistics.reconcile import reconcile
from minzheng.datacenter.statistics.tests.conftest import COUNTY, NOVEMBER_5, OCTOBER
from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Person

pytestmark = pytest.mark.django_db
PERSONS, HOUSEHOLDS, SPENDING = "dibao.persons", "dibao.households", "dibao.spending"


def texts(report):
    return [one["text"] for one in report.findings]


def test_it_counts_each_township_and_the_county(draft):
    content = content_of(draft)
    assert {line.name: (line.cells[HOUSEHOLDS], line.cells[PERSONS], line.cells[SPENDING]) for line in content.lines} == {
        "晃洲镇": (7, 14, 280_007),
        "波洲镇": (6, 6, 360_000),
    }  # fmt: skip
    assert content.total.cells["dibao.urban_persons"] == 6
    assert content.total.cells[SPENDING] == 640_007
    assert draft.findings == []


def test_spending_is_what_the_lines_and_the_ledger_say(draft, regions):
    rows = reconcile(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, content_of(draft))
    assert [(row.place, row.report, row.lines, row.ledger) for row in rows] == [
        ("新晃侗族自治县", 640_007, 640_007, 640_007),
        ("波洲镇", 360_000, 360_000, None),
        ("晃洲镇", 280_007, 280_007, None),
    ]
    assert all(row.holds for row in rows)


@pytest.mark.covers("S-029", by="minzheng/datacenter/statistics/checks.py", screen="/desk/statistics/")
def test_a_fen_too_much_is_found_and_keeps_the_report_from_being_handed_in(draft, maker):
    wrong = IndicatorValue.objects.get(indicator=SPENDING, region_id="431227107000")
    wrong.numerator += 1
    wrong.save()
    with pytest.raises(Refused, match="先改正"):
        actions.submit(maker, draft, {})
    again = actions.renew(maker, draft)  # computed from the lines, it is right again
    assert again.findings == []


def test_a_ledger_that_differs_by_a_fen_is_found(draft, regions):
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the ledger refuses it otherwise
        cursor.execute(
            "UPDATE ledger_posting SET amount_fen = amount_fen - 1 WHERE id = (SELECT max(p.id) FROM ledger_posting p"
            " JOIN ledger_account a ON a.id = p.account_id WHERE a.kind = 'paid')"
        )
        whole = reconcile(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, content_of(draft))[0]
        transaction.set_rollback(True)
    assert (whole.difference, whole.holds) == (1, False)


def test_it_checks_relations_and_sums(regions):
    def line(code, name, persons, households, urban):
        rural = persons - urban
        cells = dict.fromkeys(DIBAO_MONTHLY.codes, 0) | {
            PERSONS: persons, HOUSEHOLDS: households, "dibao.urban_persons": urban, "dibao.rural_persons": rural,
            "dibao.rural_households": households,
        }  # fmt: skip
        return Line(code, name, cells)

    good = Content(line("1", "县", 10, 5, 0), [line("2", "甲乡", 4, 2, 0), line("3", "乙乡", 6, 3, 0)], [])
    assert check(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, good, None) == []
    fewer = Content(line("1", "县", 4, 5, 0), [line("2", "甲乡", 4, 5, 0)], [])
    assert any(
        "人数 4 少于" in one.text and one.blocks
        for one in check(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, fewer, None)
    )
    unequal = Content(line("1", "县", 11, 5, 0), good.lines, [])
    assert any(
        "下级合计 10，本级 11" in one.text
        for one in check(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, unequal, None)
    )


@pytest.mark.parametrize(("before", "odd"), [(10, False), (11, False), (12, True)])
def test_a_change_of_more_than_a_tenth_needs_a_note(regions, before, odd):
    def content(number):
        cells = dict.fromkeys(DIBAO_MONTHLY.codes, 0) | {PERSONS: number, "dibao.rural_persons": number}
        return Content(Line(COUNTY, "县", cells), [], [])

    found = check(DIBAO_MONTHLY, regions[COUNTY], OCTOBER, content(10), content(before))
    assert bool([one for one in found if one.key == f"jump:{PERSONS}"]) is odd
    assert not any(one.blocks for one in found)


def test_an_odd_finding_is_explained_before_handing_in(draft, county, maker):
    MonthlyReport.objects.all().delete()
    for code in DIBAO_MONTHLY.codes:
        before = dict(indicator=code, region_id=COUNTY, month=dt.date(2026, 9, 1), numerator=1, value=1)
        IndicatorValue.objects.create(computed_at="2026-10-01T00:00Z", **before)
    report = actions.start_report(maker, DIBAO_MONTHLY, draft.region, OCTOBER)
    assert any("请说明原因" in text for text in texts(report))
    with pytest.raises(Refused, match="需要说明"):
        actions.submit(maker, report, {})
    assert actions.submit(maker, report, {one["key"]: "本月起接入" for one in report.findings}).notes


def test_who_made_it_does_not_freeze_it(draft, maker, checker):
    actions.submit(maker, draft, {})
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.freeze(maker, draft)
    report = actions.freeze(checker, draft)
    assert (report.state, len(report.sha256)) == ("frozen", 64)
    assert AuditEntry.objects.filter(action="report.freeze", region=COUNTY).exists()


def test_a_frozen_report_cannot_be_changed_by_anybody(frozen):
    for statement in (
        "UPDATE statistics_monthlyreport SET notes = '{}'",
        "DELETE FROM statistics_monthlyreport",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert MonthlyReport.objects.filter(state="frozen").count() == 1


def test_what_comes_late_is_listed_and_changes_nothing(frozen, county, regions):
    dead = Person.objects.filter(region_id=VILLAGE, name__startswith="某").first()
    dead.died_on = dt.date(2026, 9, 20)
    dead.save()
    said = frozen.content
    actions.make_reports(OCTOBER)  # the nightly computation
    assert {
        (one.place, one.before, one.after) for one in actions.late_changes(frozen) if one.column == PERSONS
    } == {
        ("新晃侗族自治县", 20, 19),
        ("晃洲镇", 14, 13),
    }
    frozen.refresh_from_db()
    assert frozen.content == said


def test_a_correction_is_a_second_version_with_its_reason_and_differences(frozen, county, maker, checker):
    Person.objects.filter(region_id=OTHER).update(died_on=dt.date(2026, 9, 20))
    with pytest.raises(Refused, match="更正原因"):
        actions.correct(maker, frozen, reason=" ")
    second = actions.correct(maker, frozen, reason="补登记9月死亡")
    assert (second.version, content_of(second).total.cells[PERSONS]) == (2, 14)
    assert ("波洲镇", 6, 0) in [
        (c.place, c.before, c.after) for c in actions.differences(second) if c.column == PERSONS
    ]
    with pytest.raises(Refused, match="第2版"):
        actions.correct(maker, frozen, reason="再更正一次")
    assert content_of(MonthlyReport.objects.get(version=1)).total.cells[PERSONS] == 20


def test_the_month_must_be_over(county, access, regions):
    with pytest.raises(Refused, match="还没有结束"):
        actions.start_report(
            access("reviewer", dt.date(2026, 10, 31)), DIBAO_MONTHLY, regions[COUNTY], OCTOBER
        )
    assert actions.start_report(access("reviewer", NOVEMBER_5), DIBAO_MONTHLY, regions[COUNTY], OCTOBER)


def test_the_next_county_may_neither_make_nor_freeze_it(draft, access):
    with pytest.raises(PermissionDenied):
        actions.renew(access("outsider"), draft)
    with pytest.raises(PermissionDenied):
        actions.renew(access("clerk"), draft)


def test_a_province_adds_up_what_its_counties_have_frozen(frozen, regions):
    content = build(DIBAO_MONTHLY, regions["430000000000"], OCTOBER)
    assert content.total.cells[PERSONS] == 20
    assert content.missing == ["芷江侗族自治县"]
    found = check(DIBAO_MONTHLY, regions["430000000000"], OCTOBER, content, None)
    assert [(one.key, one.blocks) for one in found] == [
        ("missing", False)
    ]  # to be explained, not to be repaired


def test_making_the_drafts_again_makes_no_second_one(county):
    assert actions.make_reports(OCTOBER) == (1, 0)
    assert actions.make_reports(OCTOBER) == (1, 0)
    assert MonthlyReport.objects.count() == 1
