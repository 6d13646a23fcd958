"""Every item can be applied for by a program, with the same questions, cleaning and rights as on the screens."""

import jsonschema_rs
import pytest

from minzheng.business.assistance.tests.families import ex01
from minzheng.business.elderly.institutions.tests.making import organisation
from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.cases.models import Case
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.registry.words import shelf
from minzheng.online.api.tests import callers
from minzheng.online.portal.tests.family import PDF

pytestmark = pytest.mark.django_db
BY_ITSELF = {"region": VILLAGE, "answers": {}, "submit": False}


def test_every_item_has_a_form_that_a_program_can_read(visitor):
    listed = visitor.get("/items").json()["items"]
    assert {one["code"] for one in listed} == {item.code for item in shelf(ServiceItem)}
    for one in listed:
        schema = visitor.get(f"/items/{one['code']}/schema").json()["schema"]
        jsonschema_rs.meta.validate(schema)
        assert set(schema["properties"]) == {
            part.key for part in shelf(ServiceItem).get(one["code"]).form.parts
        }


def test_every_item_can_be_opened_through_the_api(xiuying):
    for item in shelf(ServiceItem):
        if item.for_organisations:
            continue
        answer = xiuying.post(f"/items/{item.code}/applications", BY_ITSELF)
        assert answer.status_code == 201, answer.content.decode()
        assert answer.json()["status"] == "draft"
        assert answer.json()["to_do"]


def test_every_item_of_organisations_can_be_opened_through_its_own_account(xiuying, cast):
    one = organisation()
    own = {"organisation": {"uscc": one.uscc}, "answers": {}, "submit": False}
    items = [item for item in shelf(ServiceItem) if item.for_organisations]
    for kind in {item.about for item in items} - {""}:
        Facility.objects.create(
            kind=kind, name="唯一一处", region_id=VILLAGE, organisation=one, opened_on="2026-01-05"
        )
    for item in items:
        assert (
            "机构账户" in xiuying.post(f"/items/{item.code}/applications", own).json()["errors"][0]["detail"]
        )
    cast["xiuying"].assignments.create(
        role="institution", region_id=COUNTY, organisation=one, since="2026-01-05"
    )
    for item in items:
        answer = xiuying.post(f"/items/{item.code}/applications", own)
        assert answer.status_code == 201, answer.content.decode()
        assert xiuying.get(f"/cases/{answer.json()['number']}").json()["status"] == "draft"
    assert Case.objects.filter(organisation=one, handler=cast["xiuying"].person).count() == len(items)


def test_a_citizen_applies_through_an_app_from_upload_to_withdrawal(xiuying, cast, schema_allows):
    answers = ex01(cast["xiuying"].person.id_no)
    assert schema_allows("A1", answers)
    paper = xiuying.upload("授权书.pdf", PDF["buffer"]).json()["id"]
    members = [row["id_no"] for row in answers["members"]]
    application = {
        "region": VILLAGE,
        "answers": answers,
        "materials": [{"key": "application_signature", "document": paper}],
        "authorisations": [
            {"id_no": members[0]},
            *({"id_no": one, "document": paper} for one in members[1:]),
        ],
    }
    answer = xiuying.post("/items/A1/applications", application)
    assert answer.status_code == 201, answer.content.decode()
    case = answer.json()
    assert (case["status"], case["status_label"]) == ("submitted", "待受理")
    assert xiuying.get("/cases").json()["items"][0]["number"] == case["number"]
    withdrawn = xiuying.post(f"/cases/{case['number']}/withdraw", {"reason": "不需要了"}).json()
    assert (withdrawn["status"], withdrawn["outcome"]) == ("closed", "申请人撤回")


def test_a_wrong_answer_names_its_place_and_leaves_nothing_behind(xiuying, cast):
    answers = ex01(cast["xiuying"].person.id_no)
    answers["members"][0]["id_no"] = "431227197903080027"
    answers["colour"] = "red"
    answer = xiuying.post("/items/A1/applications", {"region": VILLAGE, "answers": answers})
    assert answer.status_code == 422
    places = {one["path"] for one in answer.json()["errors"]}
    assert places == {"answers.members.0.id_no", "answers.colour"}
    assert not Case.objects.exists()


def test_an_incomplete_application_is_not_sent(xiuying, cast):
    answer = xiuying.post(
        "/items/A1/applications", {"region": VILLAGE, "answers": ex01(cast["xiuying"].person.id_no)}
    )
    assert answer.status_code == 422
    assert any("授权" in one["detail"] for one in answer.json()["errors"])
    assert not Case.objects.exists()


def test_a_platform_applies_for_the_citizen_it_names(partner, cast):
    person = cast["xiuying"].person
    named = {"name": person.name, "id_no": person.id_no}
    case = partner.post("/items/E1/applications", BY_ITSELF | {"applicant": named}).json()
    assert Case.objects.get(number=case["number"]).applicant == person
    assert partner.get(f"/cases/{case['number']}").status_code == 200
    # A second platform knows nothing of it, and cannot find out by applying again.
    other = callers.partner(cast["admin"], name="另一个平台")
    assert other.get(f"/cases/{case['number']}").status_code == 404
    again = other.post("/items/E1/applications", BY_ITSELF | {"applicant": named})
    assert again.status_code == 422
    assert case["number"] not in again.content.decode()


def test_nobody_attaches_anothers_paper(xiuying, partner):
    paper = partner.upload("a.pdf", PDF["buffer"]).json()["id"]
    case = xiuying.post("/items/A1/applications", BY_ITSELF).json()
    answer = xiuying.post(
        f"/cases/{case['number']}/materials", {"key": "application_signature", "document": paper}
    )
    assert answer.status_code == 422
    assert "不是您上传的" in answer.json()["detail"]


def test_a_stale_version_overwrites_nothing(xiuying, cast):
    case = xiuying.post("/items/A1/applications", BY_ITSELF).json()
    first = xiuying.post(
        f"/cases/{case['number']}/answers", {"answers": {"address": "新村1组"}, "version": case["version"]}
    )
    assert first.status_code == 200
    second = xiuying.post(
        f"/cases/{case['number']}/answers", {"answers": {"address": "新村2组"}, "version": case["version"]}
    )
    assert second.status_code == 422
    assert Case.objects.get().data["address"] == "新村1组"


@pytest.fixture
def schema_allows(visitor):
    """`schema_allows("A1", answers)`: what the screens accept, the published schema accepts too."""

    def judge(code, answers):
        schema = visitor.get(f"/items/{code}/schema").json()["schema"]
        problems = [
            error.message for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(answers)
        ]
        assert not problems
        return True

    return judge
