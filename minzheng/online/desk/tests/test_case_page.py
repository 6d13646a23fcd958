"""The case page: whose turn it is, what is refused and why, and that nothing typed is lost."""

import datetime as dt

import pytest

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases.api import do_move
from minzheng.online.desk.tests.families import HUSBAND, START, case_at

pytestmark = pytest.mark.django_db
CLOSED_TOO_EARLY = START + dt.timedelta(days=11)  # posted on 6 March: 13 March is the last of seven days


def page(client, case, view=""):
    return client.get(f"/desk/cases/{case.number}/{view}")


def move(client, case, key, **answers):
    return client.post(f"/desk/cases/{case.number}/moves/{key}/", {"version": case.version, **answers})


def text_of(response):
    return response.content.decode()


def test_it_offers_the_clerk_acceptance_first(access, as_user, on_day):
    case = case_at(access, "submitted")
    on_day(START)
    choices = page(as_user("clerk"), case).context["choices"]
    assert [choice["move"].key for choice in choices][:2] == ["accept", "ask_correction"]
    assert choices[0]["expanded"] and choices[0]["open"].is_possible


def test_it_accepts_the_case_from_the_page(access, as_user, on_day):
    case = case_at(access, "submitted")
    on_day(START)
    assert move(as_user("clerk"), case, "accept", related_staff="no").status_code == 302
    case.refresh_from_db()
    assert case.step == "survey"


def test_it_offers_nothing_to_who_only_reads(access, as_user, on_day):
    case = case_at(access, "submitted")
    on_day(START)
    response = page(as_user("auditor"), case)
    assert response.context["choices"] == []
    assert "正在等乡镇经办人办理" in text_of(response)


def test_it_refuses_a_move_by_who_has_not_the_role(access, as_user, on_day):
    case = case_at(access, "submitted")
    on_day(START)
    assert move(as_user("helper"), case, "accept", related_staff="no").status_code == 403


def test_it_hides_the_case_from_another_county(access, as_user):
    assert page(as_user("outsider"), case_at(access, "submitted")).status_code == 404


def test_it_hides_a_citizens_unsent_draft(access, as_user):
    from minzheng.foundation.cases.api import open_case
    from minzheng.foundation.regions.models import Region

    citizen = access("xiuying", START)
    case = open_case(citizen, "A1", citizen.user.person, Region.objects.get(code="431227107203"))
    assert page(as_user("clerk"), case).status_code == 404


def test_it_says_why_publicity_cannot_close_yet(access, as_user, on_day):
    case = case_at(access, "posted")
    on_day(CLOSED_TOO_EARLY)
    choices = {c["move"].key: c["open"] for c in page(as_user("clerk"), case).context["choices"]}
    assert "公示期至 2026-03-13 止" in choices["close"].hindrances[0]


def test_it_lets_publicity_close_the_day_after_its_last(access, as_user, on_day):
    case = case_at(access, "posted")
    on_day(CLOSED_TOO_EARLY + dt.timedelta(days=1))
    choices = {c["move"].key: c["open"] for c in page(as_user("clerk"), case).context["choices"]}
    assert choices["close"].is_possible


def test_it_keeps_what_was_typed_when_somebody_else_was_faster(access, as_user, on_day):
    case = case_at(access, "sent_up")
    on_day(START + dt.timedelta(days=15))
    seen = case.version
    do_move(access("reviewer", START + dt.timedelta(days=15)), case, "complain", {"content": "有人反映"})
    case.version = seen
    response = move(as_user("approver"), case, "grant", opinion="材料齐全，同意确认。")
    assert "刚刚由舒丽办理了“登记投诉举报”" in text_of(response)
    assert "材料齐全，同意确认。" in text_of(response)
    case.refresh_from_db()
    assert case.step == "confirm_county"


def test_it_shows_again_what_was_typed_when_the_case_has_gone_on(access, as_user, on_day):
    case = case_at(access, "granted")
    on_day(START + dt.timedelta(days=15))
    shown = text_of(move(as_user("approver"), case, "grant", opinion="材料齐全，同意确认。"))
    assert "刚才的“予以确认”没有保存" in shown and "材料齐全，同意确认。" in shown


def test_it_keeps_what_was_typed_when_an_answer_is_missing(access, as_user, on_day):
    case = case_at(access, "accepted")
    on_day(START)
    response = move(as_user("clerk"), case, "visit", place="新村一组")
    assert "请填写：调查情况。" in text_of(response)
    assert 'value="新村一组"' in text_of(response)


def test_it_refuses_the_confirmation_by_who_handled_the_case(access, cast, as_user, on_day):
    from minzheng.foundation.accounts.models import Assignment, Role

    case = case_at(access, "sent_up")
    Assignment.objects.create(
        user=cast["clerk"], role=Role.COUNTY_APPROVER, region_id="431227000000", since=dt.date(2020, 1, 1)
    )
    on_day(START + dt.timedelta(days=15))
    choices = {c["move"].key: c["open"] for c in page(as_user("clerk"), case).context["choices"]}
    assert "须由另一位工作人员办理" in choices["grant"].hindrances[0]
    assert "须由另一位" in text_of(move(as_user("clerk"), case, "grant", opinion="同意确认"))


def test_it_shows_no_whole_identity_number_on_any_side(access, as_user, on_day):
    case = case_at(access, "concluded")
    on_day(START + dt.timedelta(days=3))
    numbers = list(case.persons.values_list("id_no", flat=True))
    for view in ["", "?view=application", "?view=decision", "?view=papers", "?view=trail"]:
        shown = text_of(page(as_user("clerk"), case, view))
        assert not [number for number in numbers if number in shown]


def test_it_shows_no_whole_identity_number_in_the_visit_form(access, as_user, on_day):
    case = case_at(access, "accepted")
    on_day(START)
    shown = text_of(page(as_user("clerk"), case))
    assert "登记入户调查" in shown
    assert not [number for number in case.persons.values_list("id_no", flat=True) if number in shown]


def test_it_records_each_look_at_the_family(access, cast, as_user):
    case = case_at(access, "accepted")
    page(as_user("reviewer"), case)
    look = AuditEntry.objects.filter(actor=cast["reviewer"], is_read=True).latest("id")
    assert set(case.persons.values_list("person_id", flat=True)) <= set(look.persons)


def test_it_asks_no_more_of_the_database_when_the_trail_grows(
    access, as_user, on_day, django_assert_max_num_queries
):
    case = case_at(access, "granted")
    on_day(START + dt.timedelta(days=16))
    client = as_user("approver")
    page(client, case, "?view=trail")
    with django_assert_max_num_queries(24):
        page(client, case, "?view=trail")


@pytest.mark.parametrize("kind", ["accepted", "publicity", "granted"])
def test_it_prints_each_notice(access, as_user, kind):
    case = case_at(access, "granted")
    notice = case.notices.get(kind=kind)
    shown = text_of(as_user("clerk").get(f"/desk/cases/{case.number}/notices/{notice.pk}/"))
    assert notice.title in shown and notice.number in shown


def paper(client, case, kind):
    notice = case.notices.filter(kind=kind).last()
    return text_of(client.get(f"/desk/cases/{case.number}/notices/{notice.pk}/"))


def test_a_letter_of_an_end_says_why_and_how_to_object_and_accepts_nothing(access, as_user):
    case = case_at(access, "granted")
    day = START + dt.timedelta(days=60)
    do_move(access("clerk", day), case, "give_up", {"reason": "收入好转。"})
    do_move(access("approver", day), case, "confirm_give_up", {"opinion": "同意。"})
    shown = paper(as_user("clerk"), case, "stopped")
    assert "因“确认自愿放弃”终止" in shown and "行政复议" in shown and "受理" not in shown


def test_a_letter_of_a_change_names_both_amounts_and_how_to_object(access, as_user):
    case = case_at(access, "granted")
    day = START + dt.timedelta(days=100)
    record = {"id_no": HUSBAND, "died_on": str(day), "source": "家属报告"}
    do_move(access("clerk", day), case, "death", record)
    do_move(access("clerk", day), case, "propose_after_death", {"opinion": "同意。"})
    do_move(access("approver", day), case, "confirm_change", {"opinion": "同意。"})
    shown = paper(as_user("clerk"), case, "changed")
    assert (
        shown.index("630.00元") < shown.index("80.00元") and "行政复议" in shown and "予以确认" not in shown
    )


def test_it_promises_on_the_receipt_the_limit_of_the_whole_case(access, as_user):
    case = case_at(access, "accepted")
    notice = case.notices.get(kind="accepted")
    shown = text_of(as_user("clerk").get(f"/desk/cases/{case.number}/notices/{notice.pk}/"))
    assert "2026年4月14日前办结" in shown  # 30 working days from 2 March (EX08)


def test_it_posts_only_masked_name_size_and_amount(access, as_user):
    case = case_at(access, "posted")
    notice = case.notices.get(kind="publicity")
    shown = text_of(as_user("helper").get(f"/desk/cases/{case.number}/notices/{notice.pk}/"))
    assert "杨秀*" in shown and "3人" in shown and "每月630.00元" in shown
    assert "杨秀英" not in shown and "吴大明" not in shown


def test_it_does_not_print_a_notice_of_another_case(access, as_user):
    case = case_at(access, "posted")
    assert as_user("clerk").get(f"/desk/cases/{case.number}/notices/999999/").status_code == 404
