"""代为申请: the clerk fills in the citizen's own form, a section a page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import open_case, save_draft
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.cases.rights import right_to
from minzheng.online.desk.tests.families import START, begun_at_the_window, case_at

pytestmark = pytest.mark.django_db


def applicant(person, **other):
    return {"item": "A1", "name": person.name, "id_no": person.id_no, "region": VILLAGE} | other


def errors(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]


def test_it_opens_a_case_for_somebody_at_the_window(as_user, cast):
    response = as_user("clerk").post("/desk/intake/", applicant(cast["xiuying"].person))
    case = Case.objects.get()
    assert response.headers["Location"] == f"/desk/intake/{case.number}/section/family/"
    assert (case.channel, case.applicant) == (Channel.DESK, cast["xiuying"].person)


def test_it_notes_that_a_helper_applied_on_somebodys_behalf(as_user, cast):
    as_user("helper").post("/desk/intake/", applicant(cast["xiuying"].person))
    assert Case.objects.get().channel == Channel.AGENT


def test_it_refuses_a_bad_identity_number_in_plain_words(as_user, cast):
    response = as_user("clerk").post(
        "/desk/intake/", applicant(cast["xiuying"].person, id_no="431227197903080020")
    )
    assert "校验" in errors(response)[0] or "核对" in errors(response)[0]
    assert not Case.objects.exists()


def test_it_refuses_a_number_that_belongs_to_another_name(as_user, cast):
    response = as_user("clerk").post("/desk/intake/", applicant(cast["xiuying"].person, name="杨秀兰"))
    assert "另一个姓名" in errors(response)[0]


def test_it_refuses_a_second_application_and_says_where_the_first_is(access, as_user, cast):
    case = case_at(access, "accepted")
    response = as_user("clerk").post("/desk/intake/", applicant(cast["xiuying"].person))
    assert case.number in errors(response)[0] and "不能重复申请" in errors(response)[0]


def test_it_saves_a_section_and_goes_on_to_the_next(access, as_user, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    answers = {"bank_name": "邮政储蓄银行", "bank_account": "6217990010001234567", "version": case.version}
    response = as_user("clerk").post(f"/desk/intake/{case.number}/section/payment/", answers)
    assert response.headers["Location"].endswith("/section/promise/")
    case.refresh_from_db()
    assert case.data["bank_name"] == "邮政储蓄银行"
    assert len(case.data["members"]) == 3


def test_it_adds_a_row_without_judging_what_is_not_finished(access, as_user, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    answers = {
        "add_row": "members",
        "members-count": "1",
        "members-0-name": "杨秀英",
        "version": case.version,
    }
    response = as_user("clerk").post(f"/desk/intake/{case.number}/section/members/", answers)
    shown = response.content.decode()
    assert 'name="members-1-name"' in shown and "error-summary" not in shown
    assert 'value="杨秀英"' in shown


def test_it_shows_what_differs_when_somebody_saved_in_between(access, as_user, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    seen = case.version
    save_draft(access("clerk", START), case, case.data | {"bank_name": "农业银行"})
    answers = {"bank_name": "建设银行", "bank_account": "6217000010001234567", "version": seen}
    response = as_user("clerk").post(f"/desk/intake/{case.number}/section/payment/", answers)
    shown = response.content.decode()
    assert "已保存：农业银行；您填的：建设银行" in shown
    assert 'value="建设银行"' in shown
    again = answers | {"version": response.context["version"]}
    as_user("clerk").post(f"/desk/intake/{case.number}/section/payment/", again)
    case.refresh_from_db()
    assert case.data["bank_name"] == "建设银行"


def test_it_lists_the_authorisations_that_are_missing(access, as_user, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    lacking = [one.label for one in as_user("clerk").get(f"/desk/intake/{case.number}/").context["lacking"]]
    assert "吴大明的核对授权" in lacking


def test_it_hands_the_application_in(access, as_user, on_day):
    case = begun_at_the_window(access)
    on_day(START)
    response = as_user("clerk").post(f"/desk/intake/{case.number}/hand-in/")
    assert response.headers["Location"] == f"/desk/cases/{case.number}/"
    case.refresh_from_db()
    assert case.step == "completeness"


def test_it_shows_an_unsent_draft_to_nobody_but_who_began_it(access, as_user):
    case = begun_at_the_window(access)
    assert as_user("clerk2").get(f"/desk/intake/{case.number}/").status_code == 404


def test_the_county_takes_at_its_window_what_it_accepts_itself_and_another_decides(as_user, cast):
    """Eco-burial, filings of homes and agents come to the county anyway: nobody is sent to the township first."""
    desk = as_user("reviewer")
    offered = {code for code, _ in desk.get("/desk/intake/").context["form"].fields["item"].choices}
    assert {"E4", "F2", "F4", "F5"} <= offered and not {"A1", "D1", "M1"} & offered
    person = cast["xiuying"].person
    desk.post("/desk/intake/", applicant(person, item="F2"))
    case = Case.objects.get()
    assert (case.item, case.channel, case.opened_by) == ("F2", Channel.DESK, cast["reviewer"])
    with pytest.raises(PermissionDenied):
        open_case(Access(cast["reviewer"]), "A1", person, case.region, Channel.DESK)
    Case.objects.filter(pk=case.pk).update(step="checking", status="checking")
    case.refresh_from_db()
    case.moves.create(
        move="submit", title="提交", from_step="draft", to_step="checking", actor=cast["reviewer"],
        actor_person=cast["reviewer"].person, on=START, at=timezone.now(), role="applicant", version=2,
        round=case.round,
    )  # fmt: skip
    verify = case.at_step.move("verify")
    assert "另一位" in right_to(Access(cast["reviewer"]), case, case.at_step, verify).hindrance
