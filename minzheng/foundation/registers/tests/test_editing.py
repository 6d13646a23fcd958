"""Adding and changing one row: nothing is lost, nobody overwrites unawares, nobody writes abroad."""

import datetime as dt
from contextlib import suppress

import pytest
from django.urls import reverse

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers.tests.conftest import OTHER_TOWNSHIP, VILLAGE
from tests.club.actions import leave
from tests.club.models import Level, Member

ADD = "/desk/registers/club/add"
ANSWERS = {
    "card_no": "A1", "name": "陈静", "level": "adult", "fee_fen": "120.50", "joined_on": "2024-05-01",
    "phone": "", "region": VILLAGE, "note": "",
}  # fmt: skip


def edit_address(row):
    return reverse("registers:edit", args=["club", row.pk])


def opened(client, row):
    """The form as it comes: its version and what it shows."""
    return client.get(edit_address(row)).context["version"]


def test_it_adds_a_row_and_says_who_did(log_in, cast):
    assert log_in("clerk").post(ADD, ANSWERS).status_code == 302
    assert Member.objects.get().fee_fen == 120_50
    entry = AuditEntry.objects.get(action="club.add")
    assert (entry.actor, entry.region, entry.subject_id) == (
        cast["clerk"],
        VILLAGE,
        str(Member.objects.get().pk),
    )


def test_it_offers_only_villages_of_the_clerks_township_and_takes_no_other(log_in):
    page = log_in("clerk").get(ADD).content.decode()
    assert "新村" in page and "炉冲村" not in page
    refused = log_in("clerk").post(ADD, {**ANSWERS, "region": OTHER_TOWNSHIP})
    assert "不在您的辖区内" in refused.content.decode()
    assert not Member.objects.exists()


def test_it_keeps_what_was_typed_when_something_is_wrong(log_in):
    refused = log_in("clerk").post(ADD, {**ANSWERS, "fee_fen": "十块"})
    assert refused.status_code == 422
    assert 'value="A1"' in refused.content.decode() and "请只填数字" in refused.content.decode()


def test_what_is_settled_offers_no_change_and_takes_none(log_in, member):
    row = member("A1", is_active=False)
    client = log_in("clerk")
    page = reverse("registers:detail", args=["club", row.pk])
    assert edit_address(row) not in client.get(page).content.decode()
    for answer in (
        client.get(edit_address(row)),
        client.post(edit_address(row), {**ANSWERS, "name": "改名"}),
    ):
        assert answer.status_code == 302 and answer["Location"] == page
    row.refresh_from_db()
    assert row.name != "改名"


def test_it_refuses_a_second_card_of_the_same_number_and_says_what_to_do(log_in, member):
    member("A1")
    assert (
        "“会员证号”已经登记过。请在列表里找到原来的记录并修改"
        in log_in("clerk").post(ADD, ANSWERS).content.decode()
    )


def test_it_keeps_out_who_may_not_write(log_in, member):
    row = member("A1")
    assert log_in("auditor").get(ADD).status_code == 403
    assert log_in("auditor").post(edit_address(row), ANSWERS).status_code == 403


def test_it_hides_a_row_of_another_township_from_the_editor(log_in, member):
    assert log_in("clerk").get(edit_address(member("A1", region_id=OTHER_TOWNSHIP))).status_code == 404


def test_it_shows_the_slower_editor_the_differences_and_loses_nothing(log_in, member):
    row = member("A1")
    clerk = log_in("clerk")
    version = opened(clerk, row)
    assert clerk.post(edit_address(row), {**ANSWERS, "fee_fen": "200", "version": version}).status_code == 302

    stale = clerk.post(edit_address(row), {**ANSWERS, "fee_fen": "300", "note": "重要", "version": version})
    assert stale.status_code == 409
    found = {d.label: (d.before, d.after) for d in stale.context["differences"]}
    assert found == {"年费": ("200.00元", "300.00元"), "备注": ("空", "重要")}
    assert 'value="300"' in stale.content.decode() and "重要" in stale.content.decode()
    row.refresh_from_db()
    assert row.fee_fen == 200_00

    again = {**ANSWERS, "fee_fen": "300", "note": "重要", "version": stale.context["version"]}
    assert clerk.post(edit_address(row), again).status_code == 302
    row.refresh_from_db()
    assert (row.fee_fen, row.note) == (300_00, "重要")


def test_it_does_not_take_a_form_without_its_version(log_in, member):
    assert log_in("clerk").post(edit_address(member("A1")), {**ANSWERS, "fee_fen": "1"}).status_code == 409


def test_it_keeps_a_masked_number_that_was_left_empty(log_in, member):
    row = member("A1", phone="13907451234")
    clerk = log_in("clerk")
    page = clerk.get(edit_address(row)).content.decode()
    assert "139****1234" in page and "13907451234" not in page
    clerk.post(edit_address(row), {**ANSWERS, "version": opened(clerk, row)})
    row.refresh_from_db()
    assert row.phone == "13907451234"


def test_it_tells_who_changed_what_by_which_action(log_in, member):
    row = member("A1")
    clerk = log_in("clerk")
    clerk.post(edit_address(row), {**ANSWERS, "level": "honorary", "version": opened(clerk, row)})
    page = clerk.get(reverse("registers:detail", args=["club", row.pk]))
    (change,) = page.context["changes"]
    assert (change.who, change.what) == ("龙建军", "修改会员")
    assert ("级别", "成人", "荣誉") in [(d.label, d.before, d.after) for d in change.differences]


def test_it_names_what_somebody_did_and_not_what_that_brought_about(access, log_in, member):
    """A refused attempt within leaves no name either."""

    @action("club.dissolve", "解散俱乐部", permission="register.write")
    def dissolve(access, member):
        member.level = Level.HONORARY
        member.save()
        with suppress(Refused):
            leave(access, member, "俱乐部解散")
        Member.objects.update(level=Level.ADULT)
        leave(access, Member.objects.get(), "俱乐部解散")

    row = member("A1")
    dissolve(access("clerk"), row)
    changes = log_in("clerk").get(reverse("registers:detail", args=["club", row.pk])).context["changes"]
    assert [(one.who, one.what) for one in changes] == [("龙建军", "解散俱乐部")] * 3
    assert AuditEntry.objects.filter(action="club.leave").count() == 1
    leave(access("clerk"), Member.objects.get(), "本人申请")
    first, *_ = log_in("clerk").get(reverse("registers:detail", args=["club", row.pk])).context["changes"]
    assert first.what == "会员退会"


def test_it_catches_a_change_by_raw_sql_in_the_history(log_in, member, db):
    from django.db import connection

    row = member("A1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE club_member SET fee_fen = 1 WHERE id = %s", [row.pk])
    (change,) = log_in("clerk").get(reverse("registers:detail", args=["club", row.pk])).context["changes"]
    assert change.who == "系统"
    assert [(d.label, d.before, d.after) for d in change.differences] == [("年费", "120.00元", "0.01元")]


def test_it_shows_whole_numbers_only_for_a_stated_reason_that_stays(log_in, cast):
    person = cast["xiuying"].person
    address = reverse("registers:reveal", args=["people", person.pk])
    clerk = log_in("clerk")
    refused = clerk.post(address, {"reason": " "})
    assert refused.status_code == 422 and person.id_no not in refused.content.decode()
    shown = clerk.post(address, {"reason": "核对银行退票"})
    assert person.id_no in shown.content.decode() and shown["Cache-Control"].count("no-store")
    entry = AuditEntry.objects.get(action="people.reveal")
    assert (entry.reason, entry.persons, entry.is_read) == ("核对银行退票", [person.pk], True)


def test_it_reveals_nothing_to_a_helper_or_to_the_next_county(log_in, cast):
    address = reverse("registers:reveal", args=["people", cast["xiuying"].person_id])
    assert log_in("helper").post(address, {"reason": "想看一看"}).status_code == 403
    assert log_in("outsider").post(address, {"reason": "想看一看"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"id_no": "431227197903080022"}, "校验不通过"),
        ({"birth_date": f"{dt.date.today() + dt.timedelta(days=1)}"}, "还没有到"),
        (
            {"birth_date": "1980-03-08", "id_no": "431227198506120017"},
            "与身份证号不一致：号码里的出生日期是1985年6月12日",
        ),
    ],
)
def test_it_refuses_a_bad_person_in_words(log_in, regions, wrong, told):
    answers = {"name": "陈静", "region": VILLAGE, "sex": "", "birth_date": "", "id_no": "", **wrong}
    before = Person.objects.count()
    page = log_in("clerk").post("/desk/registers/people/add", answers)
    assert page.status_code == 422
    assert Person.objects.count() == before
    assert told in page.content.decode()
    assert 'value="陈静"' in page.content.decode(), "what was typed is still in the box"
