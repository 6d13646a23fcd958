"""What a department says becomes facts with their source and day; never silently, never twice, never half."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.datacenter.deliveries import load as loading
from minzheng.datacenter.deliveries.actions import deliver, stop_delivery
from minzheng.datacenter.deliveries.load import load_delivery
from minzheng.datacenter.deliveries.models import DeathReport, DeliveredSheet, Delivery, ReportState, State
from minzheng.datacenter.deliveries.report import rejected_rows
from minzheng.datacenter.deliveries.tests.conftest import COUNTY, MONTH, TODAY, number, said_of
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.events.models import Event
from minzheng.foundation.exchange.models import ExchangeCall
from minzheng.foundation.people.facts import facts_document
from minzheng.foundation.people.models import FactSheet, Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

END = dt.date(2026, 10, 31)
WAGES, CARS = "身份证号,姓名,月缴费工资\n", "身份证号,姓名,号牌号码,状态\n"


def row(person, *cells):
    return ",".join([person.id_no, person.name, *cells]) + "\n"


def test_it_sets_facts_with_source_day_and_origin(send, people):
    sent = send("file.wages", WAGES + row(people[0], "1000") + row(people[0], "500.50"), encoding="gb18030")
    assert (sent.state, sent.rows, sent.matched, sent.sheets) == (State.DONE, 2, 2, 1)
    sheet = FactSheet.objects.get(person=people[0])
    assert sheet.values == {"wage": 150050 * 12, "employed": True} and sheet.since == END
    assert sheet.source == "人力资源社会保障部门·社会保险缴费工资" and sheet.delivered.delivery == sent
    assert facts_document(Household.objects.first(), END)["members"][0]["wage"] == 150050 * 12
    call = ExchangeCall.objects.get()
    assert (call.source, call.direction, call.persons_count, call.outcome) == (
        "file.wages",
        "received",
        2,
        "answered",
    )
    assert AuditEntry.objects.filter(action="delivery.load", detail__matched=2).exists()


def test_it_writes_nothing_new_when_the_same_file_comes_again(send, people):
    text = WAGES + row(people[0], "1000")
    first = send("file.wages", text)
    assert send("file.wages", text).pk == first.pk and Delivery.objects.count() == 1
    later = send("file.wages", text, month=dt.date(2026, 11, 1))
    assert later.pk != first.pk and later.sheets == 0 and FactSheet.objects.count() == 1


def test_it_lets_a_corrected_file_take_the_place_of_the_first(send, people):
    first = send("file.wages", WAGES + row(people[0], "1000") + row(people[1], "800"))
    second = send("file.wages", WAGES + row(people[0], "1200"))
    first.refresh_from_db()
    assert (first.state, second.state) == (State.SUPERSEDED, State.DONE)
    members = facts_document(Household.objects.first(), END)["members"]
    assert members[0]["wage"] == 120000 * 12
    assert "wage" not in members[1]  # no longer said: unknown, not none
    assert first.lines.count() == 2  # kept


def test_it_keeps_what_a_later_month_said_when_an_older_one_comes_late(send, people):
    send("file.wages", WAGES + row(people[0], "1000"), month=dt.date(2026, 11, 1))
    send("file.wages", WAGES + row(people[0], "700"), month=MONTH)
    household = Household.objects.first()
    wages = {on: facts_document(household, on)["members"][0]["wage"] for on in (END, TODAY)}
    assert wages == {END: 70000 * 12, TODAY: 100000 * 12}


PENSIONS = "身份证号,姓名,月养老金,其中中央基础养老金\n"
PAID = {"resident_pension": 200 * 12 * 100, "resident_pension_central": 143 * 12 * 100}


def test_it_calls_none_only_what_a_complete_list_leaves_out(send, people):
    send("file.pensions", PENSIONS + row(people[0], "200", "143"))
    assert said_of(people[0])[-1][0] == PAID
    assert said_of(people[1])[-1][0] == {"resident_pension": 0, "resident_pension_central": 0}
    send("file.rolls", "身份证号,姓名,学段\n" + row(people[2], "本科"))
    assert said_of(people[2])[-1][0] == {"full_time_study": True, "education": "本科"}
    assert all("full_time_study" not in values for values, _, _ in said_of(people[3]))


def test_it_writes_none_only_where_something_else_was_known(send, people):
    FactSheet.objects.create(
        person=people[1], values={"custody_status": "服刑"}, source="政务数据共享", since=dt.date(2026, 1, 1)
    )
    sent = send("file.custody", "身份证号,姓名,状态\n" + row(people[0], "服刑"))
    assert sent.sheets == 2 and said_of(people[1])[-1][0] == {"custody_status": "无"}
    assert said_of(people[2]) == []  # nobody ever said otherwise
    send("file.custody", "身份证号,姓名,状态\n" + row(people[3], "服刑"), month=dt.date(2026, 11, 1))
    assert said_of(people[0])[-1][2] == TODAY  # released: no longer listed, so it ends


def test_it_leaves_open_what_a_wrong_row_of_a_complete_list_might_have_said(send, people):
    good = "".join(row(person, "200", "143") for person in (people[0], *people[2:]))
    sent = send("file.pensions", PENSIONS + good + row(people[1], "很多", "143"))
    assert sent.rejected == 1 and said_of(people[1]) == []


def test_it_takes_a_part_of_a_familys_property_for_a_least_amount(send, people):
    poor, unknown = Household.objects.order_by("pk")[:2]
    FactSheet.objects.create(
        household=poor, values={"cars": 0}, source="申请人申报", since=dt.date(2026, 1, 1)
    )
    cars = (
        row(people[0], "湘N00001", "正常")
        + row(people[1], "湘N00002", "报废")
        + row(people[2], "湘N00003", "")
    )
    sent = send("file.vehicles", CARS + cars)
    assert sent.sheets == 1 and said_of(poor)[-1][0] == {"cars": 1}
    assert said_of(unknown) == []  # one car is known, whether there are more is not


def test_it_counts_people_who_are_not_ours_and_keeps_nothing_of_them(send, people):
    sent = send("file.wages", WAGES + row(people[0], "1000") + f"{number(99)},外人,900\n")
    assert (sent.matched, sent.outside, sent.lines.count()) == (1, 1, 1)


def test_it_gives_back_the_rejected_rows_with_reasons(send, people):
    good = "".join(row(person, "1000") for person in people)
    sent = send("file.wages", WAGES + good + row(people[0], "许多"))
    assert (sent.state, sent.rejected, sent.problems) == (State.DONE, 1, {"money": 1})
    from io import BytesIO

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(rejected_rows(sent, shelf(FileFormat).get("file.wages")))).active
    assert sheet[2][0].value == 8 and "不是金额" in sheet[2][-1].value


def test_it_refuses_too_many_bad_rows_and_changes_nothing(send, people):
    four = "".join(row(person, "1000") for person in people[:4])
    assert (
        send("file.wages", WAGES + four + row(people[4], "许多")).state == State.DONE
    )  # a fifth is not too many
    FactSheet.objects.all().delete()
    sent = send(
        "file.wages", WAGES + four.replace("1000", "1001") + row(people[4], "x") + row(people[5], "y")
    )
    assert sent.state == State.REFUSED and "超过 20%" in sent.note and sent.lines.count() == 2
    assert not FactSheet.objects.exists()
    assert ExchangeCall.objects.order_by("pk").last().outcome == "failed"


def test_it_refuses_a_tenth_of_last_months_rows_until_somebody_answers_for_it(send, people):
    many = "".join(f"{number(place, '19600101')},外{place},1000\n" for place in range(100, 199))
    send("file.wages", WAGES + many + row(people[0], "1000"))
    november = dt.date(2026, 11, 1)
    ten = WAGES + row(people[0], "1000") + "".join(many.splitlines(keepends=True)[:9])
    nine = WAGES + row(people[0], "1000") + "".join(many.splitlines(keepends=True)[:8])
    assert send("file.wages", nine, month=november).state == State.REFUSED
    assert send("file.wages", nine, month=november, fewer_is_right=True).state == State.DONE
    assert send("file.wages", ten, month=november).state == State.DONE


def test_it_leaves_nothing_half_when_it_is_cut_off_anywhere(send, people, monkeypatch):
    text = WAGES + "".join(row(person, "1000") for person in people)
    for place in ("read_file", "judge", "stage", "keep_rows", "apply", "report_deaths", "record"):
        with monkeypatch.context() as patch:
            patch.setattr(loading, place, _cut_off)
            with pytest.raises(KeyboardInterrupt):
                send("file.wages", text)
        delivery = Delivery.objects.get()
        assert (
            delivery.state == State.LOADING and not delivery.lines.exists() and not FactSheet.objects.exists()
        )
    assert send("file.wages", text).state == State.DONE
    assert FactSheet.objects.count() == DeliveredSheet.objects.count() == 6


def _cut_off(*_args, **_options):
    raise KeyboardInterrupt


def test_it_stops_when_asked_before_anything_is_written(send, people, access):
    form, region = shelf(FileFormat).get("file.wages"), Region.objects.get(code=COUNTY)
    waiting = deliver(
        access("reviewer", TODAY), form, region, MONTH, (WAGES + row(people[0], "1")).encode(), "a.csv"
    )
    stop_delivery(access("reviewer", TODAY), waiting)
    assert load_delivery(waiting.pk, TODAY).state == State.STOPPED and not FactSheet.objects.exists()


def test_it_is_for_the_countys_officers_only(send, people):
    for nobody in ("clerk", "outsider", "xiuying", "auditor"):
        with pytest.raises(PermissionDenied):
            send("file.wages", WAGES + row(people[0], "1000"), by=nobody)
    with pytest.raises(Refused, match="还没有开始"):
        send("file.wages", WAGES + row(people[0], "1000"), month=dt.date(2026, 12, 1))


DIED = "身份证号,姓名,死亡日期\n"


def test_it_ends_a_life_only_on_the_word_of_a_source_of_enough_rank(send, people):
    send("file.deregistrations", DIED + row(people[0], "2026-10-05"))
    report = DeathReport.objects.get()
    people[0].refresh_from_db()
    assert (report.state, report.rank, people[0].died_on) == (ReportState.OPEN, 2, None)
    send("file.cremations", DIED + row(people[0], "2026-10-05") + row(people[1], "2026-10-06"))
    assert set(DeathReport.objects.values_list("state", flat=True)) == {ReportState.RECORDED}
    assert list(Person.objects.filter(died_on__isnull=False).order_by("pk")) == people[:2]
    assert people[0].life_events.get().source == "殡葬管理单位·火化证明"


def test_it_asks_when_two_sources_name_different_days_and_when_only_the_number_agrees(send, people):
    send("file.deaths", DIED + row(people[0], "2026-10-04"))
    send("file.cremations", DIED + row(people[0], "2026-10-05") + f"{people[1].id_no},别的名,2026-10-06\n")
    assert DeathReport.objects.get(source="file.cremations").state == ReportState.CONFLICT
    people[1].refresh_from_db()
    assert people[1].died_on is None and Delivery.objects.get(source="file.cremations").in_review == 1


def test_a_surer_source_that_comes_later_corrects_the_day_once(send, people):
    send("file.cremations", DIED + row(people[0], "2026-10-05"))
    for _ in range(2):
        send("file.deaths", DIED + row(people[0], "2026-10-04"))
    people[0].refresh_from_db()
    assert people[0].died_on == dt.date(2026, 10, 4)
    assert DeathReport.objects.get(source="file.deaths").state == ReportState.RECORDED
    assert Event.objects.filter(kind="person.death_corrected").count() == 1


def test_it_needs_no_more_statements_for_many_rows_than_for_few(send, people, django_assert_max_num_queries):
    rows = "".join(f"{number(place % 300, f'19{40 + place // 300}0101')},外人,900\n" for place in range(3000))
    with django_assert_max_num_queries(60):
        sent = send("file.wages", WAGES + rows + "".join(row(person, "1000") for person in people))
    assert (sent.matched, sent.outside) == (6, 3000)
