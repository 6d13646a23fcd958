"""After sending: consents, corrections, the decision with its reasons, and who looked."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minzheng.business.assistance.tests.families import FATHER
from minzheng.foundation.accounts.models import User
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.models import Person
from minzheng.online.portal.tests.test_starting import VILLAGE

PDF = b"%PDF-1.7\n%%EOF"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.fixture
def husband(cast, client):
    """The husband, with an account of his own."""
    person = Person.objects.create(name="吴永贵", id_no=FATHER, region_id=VILLAGE)
    return User.objects.create(username="husband", display_name="吴永贵", person=person)


def test_it_lists_all_that_is_missing_with_links_and_offers_no_button(draft, xiuying, client):
    draft.case.data["members"][1].pop("labour_ability")
    draft.case.save()
    text = page(client, f"/portal/cases/{draft.case.number}/check/")
    assert "吴永贵：劳动能力" in text
    assert f"/portal/cases/{draft.case.number}/apply/members/1/labour_ability/?back=check" in text
    assert "请杨秀英登录签署" in text
    assert f"/portal/cases/{draft.case.number}/consents/" in text
    assert "提交申请</button>" not in text
    client.post(f"/portal/cases/{draft.case.number}/check/", {"version": draft.case.version})
    draft.case.refresh_from_db()
    assert draft.case.status == "draft"


def test_it_lets_a_member_sign_by_his_own_log_in(draft, husband, client):
    client.force_login(husband)
    member = draft.case.persons.get(id_no=FATHER)
    assert "有一份授权等您签署" in page(client, "/portal/")
    assert "勾选" in client.post(f"/portal/consents/{member.pk}/", {}).content.decode()
    signed = client.post(f"/portal/consents/{member.pk}/", {"agree": "on"})
    assert "已签署" in page(client, signed.url)
    member.refresh_from_db()
    assert (member.authorised_by, member.authorisation) == (husband, None)
    assert AuditEntry.objects.filter(action="case.authorise", actor=husband).exists()
    assert "有一份授权等您签署" not in page(client, "/portal/")


def test_it_shows_a_member_the_consent_but_not_the_application(draft, husband, client):
    client.force_login(husband)
    assert client.get(f"/portal/cases/{draft.case.number}/check/").status_code == 404


def test_it_takes_a_signed_paper_for_a_member_without_account(draft, xiuying, client):
    member = draft.case.persons.get(id_no=FATHER)
    address = f"/portal/cases/{draft.case.number}/consents/{member.pk}/"
    assert "请上传" in client.post(address + "paper/", {}).content.decode()
    client.post(address + "paper/", {"paper": SimpleUploadedFile("授权书.pdf", PDF)})
    member.refresh_from_db()
    assert member.authorisation.name == "授权书.pdf"
    assert "家庭经济状况核对授权书" in page(client, address + "blank/")


@pytest.mark.parametrize("username", ["helper", "outsider", "auditor"])
def test_it_hides_an_application_from_everybody_else(draft, cast, client, username):
    client.force_login(cast[username])
    number, member = draft.case.number, draft.case.persons.first()
    for address in ("", "apply/", "check/", "consents/", "sent/", "receipt/", "decision/"):
        assert client.get(f"/portal/cases/{number}/{address}").status_code == 404, address
    assert client.get(f"/portal/consents/{member.pk}/").status_code == 404


@pytest.mark.covers(
    "S-014", by="minzheng/online/portal/progress/views.py", screen="/portal/cases/<number>/corrections/"
)
def test_it_leads_from_each_line_of_the_one_correction_list_to_its_page(draft, xiuying, client):
    draft.submit()
    draft.case.data["members"][0].pop("employed")
    draft.case.save()
    draft.move("clerk", "ask_correction")
    number = draft.case.number
    assert "需要您补正" in page(client, f"/portal/cases/{number}/")
    text = page(client, f"/portal/cases/{number}/corrections/")
    mend = f"/portal/cases/{number}/apply/members/0/labour_ability/?back=corrections"
    assert mend in text
    answers = {"labour_ability": "有", "employed": "yes", "disability_type": "无"}
    assert client.post(mend, answers).url == f"/portal/cases/{number}/corrections/"
    draft.case.refresh_from_db()
    sent = client.post(f"/portal/cases/{number}/check/", {"version": draft.case.version})
    assert sent.url == f"/portal/cases/{number}/receipt/"
    draft.case.refresh_from_db()
    assert draft.case.status == "submitted"


def test_it_cannot_be_changed_after_sending(draft, xiuying, client):
    draft.submit()
    number = draft.case.number
    assert (
        client.post(f"/portal/cases/{number}/apply/family/address/", {"address": "别处"}).status_code == 404
    )
    assert "新村三组12号" in page(client, f"/portal/cases/{number}/sent/")


def test_it_shows_the_grant_with_amount_conditions_and_sums(granted, xiuying, client):
    text = page(client, f"/portal/cases/{granted.case.number}/decision/")
    assert "每月 630.00元" in text
    assert "家庭人均收入低于低保标准" in text
    assert "民发〔2021〕57号 第三条" in text
    assert "行政复议" in text


def test_it_shows_the_refusal_with_its_reason_and_the_right_of_review(refused, xiuying, client):
    text = page(client, f"/portal/cases/{refused.case.number}/decision/")
    assert "不予确认" in text
    assert "家庭人均收入不低于当地最低生活保障标准" in text
    assert "60日内" in text


@pytest.mark.covers("S-014", by="minzheng/online/portal/progress/views.py", screen="/portal/cases/<number>/")
def test_it_shows_progress_with_the_legal_limit_in_words(draft, xiuying, client):
    draft.submit().accept()
    text = page(client, f"/portal/cases/{draft.case.number}/")
    assert "（正在办理）" in text
    assert "最迟" in text
    assert "民发〔2021〕57号" in text


def test_it_lets_the_family_withdraw(draft, xiuying, client):
    draft.submit()
    number = draft.case.number
    assert "撤回申请" in page(client, f"/portal/cases/{number}/")
    client.post(
        f"/portal/cases/{number}/moves/withdraw/", {"reason": "找到工作了", "version": draft.case.version}
    )
    draft.case.refresh_from_db()
    assert draft.case.outcome == "withdrawn"


def test_it_tells_who_looked_by_office_and_keeps_inspection_confidential(draft, cast, xiuying, client):
    person = xiuying.person_id
    for username in ("clerk", "auditor", "xiuying"):
        record_read(
            f"查看{username}",
            actor=cast[username],
            subject=xiuying.person,
            persons=[person],
            reason="办理低保",
        )
    record_read("查看他人", actor=cast["clerk"], subject=xiuying.person, persons=[cast["helper"].person_id])
    text = page(client, "/portal/looked/")
    assert "查看clerk" in text
    assert "晃洲镇 乡镇经办人" in text
    assert "龙建军" not in text
    assert not any(hidden in text for hidden in ("查看auditor", "查看xiuying", "查看他人"))


def test_it_judges_a_look_by_the_role_of_that_day(draft, cast, xiuying, client):
    look = {"subject": xiuying.person, "persons": [xiuying.person_id]}
    record_read("以前的办理", actor=cast["clerk"], **look)
    held = cast["clerk"].assignments.get()
    today = timezone.localdate()
    cast["clerk"].assignments.create(role="auditor", region=held.region, since=today + dt.timedelta(days=1))
    assert "以前的办理" in page(client, "/portal/looked/")
    cast["clerk"].assignments.filter(role="auditor").update(since=today)
    assert "以前的办理" not in page(client, "/portal/looked/")


def test_it_records_every_look_at_an_application(draft, xiuying, client):
    page(client, f"/portal/cases/{draft.case.number}/check/")
    entry = AuditEntry.objects.filter(is_read=True).latest("pk")
    assert (entry.actor, entry.persons, entry.title) == (xiuying, [xiuying.person_id], "核对申请")
