"""What departments said about oneself: own items only, an objection in one page, a consent that is taken back."""

from minzheng.datacenter.verification.asking import ask_due
from minzheng.datacenter.verification.models import CheckObjection
from minzheng.datacenter.verification.tests.conftest import MOTHER, departments
from minzheng.datacenter.verification.tests.test_asking import NOW

__all__ = ["departments"]


def test_a_citizen_sees_the_own_answers_objects_and_takes_the_consent_back(draft, departments, client, cast):
    journey = draft.submit().accept().later(1)
    journey.move("reviewer", "ask_check")
    check = journey.case.checks.get()
    ask_due(check, NOW)
    client.force_login(cast["xiuying"])
    address = f"/portal/cases/{journey.case.number}/means/"
    assert address in client.get(f"/portal/cases/{journey.case.number}/").content.decode()
    page = client.get(address).content.decode()
    assert "12,240.00元" in page and "吴小宝" in page
    assert "吴永贵" not in page and "3,200.50元" not in page  # the husband's own account shows his
    answer = check.answers.get(source="hr.insurance", person__id_no=MOTHER)
    item = f"{address}{answer.pk}/wage/"
    assert "请" in client.post(item, {"statement": ""}).content.decode()
    client.post(item, {"statement": "9月起已经不在这家上班。"})
    objection = CheckObjection.objects.get()
    assert (objection.state, objection.raised_by) == ("asked", cast["xiuying"])
    husbands = check.answers.get(source="bank.deposits", person__name="吴永贵")
    assert client.get(f"{address}{husbands.pk}/deposits/").status_code == 404
    own = journey.case.authorisations.get(person__id_no=MOTHER)
    client.post(f"{address}consents/{own.pk}/", {"agree": "on"})
    own.refresh_from_db()
    assert own.withdrawn_on is not None and "已经撤回" in client.get(address).content.decode()
    client.force_login(cast["helper"])
    assert client.get(address).status_code == 404
