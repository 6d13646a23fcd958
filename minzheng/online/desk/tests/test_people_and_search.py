"""People, families and the search box: scoped, masked, recorded, and nothing personal in an address."""

import pytest

from minzheng.foundation.audit.models import AuditEntry
from minzheng.online.desk.tests.families import case_at

pytestmark = pytest.mark.django_db


def search(client, text):
    return client.post("/desk/search/", {"q": text})


def test_it_finds_a_person_by_the_whole_number(as_user, cast):
    person = cast["xiuying"].person
    assert search(as_user("clerk"), person.id_no).context["found"].people == [person]


def test_it_finds_a_person_by_name_and_records_it(as_user, cast):
    person = cast["xiuying"].person
    assert search(as_user("clerk"), "杨秀英").context["found"].people == [person]
    look = AuditEntry.objects.filter(action="person.search").latest("id")
    assert (look.actor, look.persons, look.is_read) == (cast["clerk"], [person.pk], True)


def test_it_finds_nobody_in_another_county(as_user):
    found = search(as_user("outsider"), "杨秀英").context["found"]
    assert (found.people, found.cases) == ([], [])


def test_it_opens_the_case_of_an_exact_number(access, as_user):
    case = case_at(access, "accepted")
    assert search(as_user("clerk"), case.number).headers["Location"] == f"/desk/cases/{case.number}/"


def test_it_does_not_guess_from_part_of_a_number(as_user):
    assert "号码要输完整" in search(as_user("clerk"), "43122719790308").context["found"].hint


def test_it_ignores_a_search_in_the_address(as_user):
    assert as_user("clerk").get("/desk/search/?q=杨秀英").context["asked"] == ""


def test_it_masks_the_number_until_a_reason_is_given(as_user, cast):
    person, client = cast["xiuying"].person, as_user("clerk")
    assert person.id_no not in client.get(f"/desk/people/{person.pk}/").content.decode()
    refused = client.post(f"/desk/people/{person.pk}/reveal/", {"why": ""})
    assert person.id_no not in refused.content.decode()
    shown = client.post(f"/desk/people/{person.pk}/reveal/", {"why": "核对身份", "note": "窗口"})
    assert person.id_no in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    look = AuditEntry.objects.filter(title="查看完整号码").latest("id")
    assert (look.persons, look.reason) == ([person.pk], "核对身份：窗口")


def test_it_lets_no_village_helper_see_whole_numbers(as_user, cast):
    person = cast["xiuying"].person
    assert as_user("helper").post(f"/desk/people/{person.pk}/reveal/", {"why": "核对身份"}).status_code == 403


def test_it_strings_the_familys_help_together(access, as_user):
    case = case_at(access, "granted")
    response = as_user("clerk").get(f"/desk/households/{case.household_id}/")
    titles = [link.title for link in response.context["chain"]]
    assert {"申请最低生活保障", "确认最低生活保障", "下次复核"} <= set(titles)
    assert [right.amount_fen for right in response.context["received"]] == [63_000]


@pytest.mark.parametrize("kind", ["people", "households"])
def test_it_hides_people_and_families_of_another_county(access, as_user, kind):
    case = case_at(access, "accepted")
    pk = case.applicant_id if kind == "people" else case.household_id
    assert as_user("outsider").get(f"/desk/{kind}/{pk}/").status_code == 404


def test_it_records_the_look_at_a_family(access, as_user, cast):
    case = case_at(access, "accepted")
    as_user("reviewer").get(f"/desk/households/{case.household_id}/")
    look = AuditEntry.objects.filter(title="查看家庭档案").latest("id")
    assert set(look.persons) == set(case.persons.values_list("person_id", flat=True))


def test_it_shows_the_checked_fact_and_not_the_declared_one(access, as_user):
    case = case_at(access, "accepted")
    sheets = case.household.fact_sheets
    sheets.create(values={"houses": 2}, source="核对", since=case.accepted_on)
    sheets.create(values={"houses": 1}, source="申请人申报", since=case.accepted_on)
    facts = as_user("clerk").get(f"/desk/households/{case.household_id}/").context["facts"]
    assert [(fact.text, fact.source) for fact in facts if fact.label == "房屋套数"] == [("2", "核对")]
