"""不予办理告知书: every bar with its article, what can be done against it, one signed copy each; never for a gap in what is known."""

import datetime as dt
import subprocess

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from minzheng.business.marriage.declining import copies_of, decline_divorce, decline_marriage
from minzheng.business.marriage.divorce import Appearance
from minzheng.business.marriage.models import Declined, Registration
from minzheng.business.marriage.tests.couples import BOTH, asked, marry
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case
from minzheng.foundation.certificates.models import Issued

DAY = dt.date(2026, 5, 20)
pytestmark = pytest.mark.django_db


def declined(access, registry, man, woman, **more):
    row = Registration(registry=registry, region_id=registry.region_id, man=man, woman=woman)
    return decline_marriage(access, row, asked(man, woman, **more))


def text_of(issued, folder):
    file = folder / f"{issued.pk}.pdf"
    with default_storage.open(issued.file) as stored:
        file.write_bytes(stored.read())
    read = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    sealed = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True
    ).stdout
    assert "Signature is Valid" in sealed
    return "".join(read.replace("\u200b", "").split())


@pytest.mark.covers(
    "S-140", by="minzheng/business/marriage/declining.py", screen="/desk/registers/marriage_declined/"
)
def test_each_of_the_two_gets_a_signed_copy_that_anyone_may_check(at, registry, man, woman, tmp_path, client):
    made = declined(at(DAY), registry, man, woman, near_kin=True, both_present=True)
    assert made.number == "431227-2026-N000001" and len(made.reasons) == 1
    first, second = copies_of(made)
    assert {first.person, second.person} == {man, woman} and first.number == second.number == made.number
    said = text_of(first, tmp_path)
    for words in (
        "不予办理结婚登记告知书", f"{first.name}：", "三代以内旁系血亲", "第一千零四十八条",
        "60日内申请行政复议", "6个月内向人民法院提起行政诉讼", "送达回执", "婚姻登记条例",
    ):  # fmt: skip
        assert words in said
    page = client.get(reverse("verify:certificate", args=[first.token])).content.decode()
    assert "有效" in page and "2026年5月20日" in page
    assert "血亲" not in page and first.name not in page
    assert not Registration.objects.exists()


def test_what_is_merely_unknown_is_no_reason_and_nothing_twice_a_day(at, registry, man, woman, cast):
    for more in ({}, {"near_kin": None}):
        with pytest.raises(Refused, match="没有法律障碍"):
            declined(at(DAY), registry, man, woman, **more)
    sent_before = Case.objects.create(
        number="31",
        item="M1",
        applicant=woman,
        region_id=registry.region_id,
        accepted_in_id=registry.region_id,
        step="waiting",
        status="submitted",
        opened_on=DAY,
        opened_by=cast["registrar"],
    )
    made = declined(at(DAY), registry, man, woman, near_kin=True)
    sent_before.refresh_from_db()  # what was sent in beforehand does not go on asking her to come
    assert (sent_before.step, sent_before.status) == ("declined", "closed")
    assert made.number in sent_before.moves.get().record["reason"]
    with pytest.raises(Refused, match="已经给双方出具过"):
        declined(at(DAY), registry, man, woman, near_kin=True)
    assert Declined.objects.count() == 1 and Issued.objects.count() == 2


@pytest.mark.parametrize(
    ("seen", "in_mainland", "reason"),
    [
        (Appearance(True, True, True, False, True), True, "第一千零七十九条"),
        (Appearance(True, True, True, True, False), True, "行为能力"),
        (BOTH, False, "不是在内地办理"),
    ],
)
def test_what_belongs_before_the_court_is_told_in_writing(
    at, registry, man, woman, seen, in_mainland, reason
):
    wedding = marry(at(DAY), registry, man, woman)
    made = decline_divorce(at(DAY), wedding, registry, seen, in_mainland=in_mainland)
    assert reason in made.reasons[0]
    assert {one.word.title for one in copies_of(made)} == {"不予办理离婚登记告知书"}
    with pytest.raises(Refused, match="没有法律障碍"):
        decline_divorce(at(DAY), wedding, registry, BOTH)


def test_a_paper_that_fails_leaves_no_decision_and_no_number(at, registry, man, woman, monkeypatch):
    from minzheng.foundation.certificates import actions

    calls = []

    def fails_at_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("printer")
        return page(*args, **kwargs)

    page = actions.page
    monkeypatch.setattr(actions, "page", fails_at_the_second)
    with pytest.raises(OSError, match="printer"):
        declined(at(DAY), registry, man, woman, near_kin=True)
    assert not Declined.objects.exists() and not Issued.objects.exists()
    monkeypatch.undo()
    assert declined(at(DAY), registry, man, woman, near_kin=True).number.endswith("N000001")


def test_the_officer_presses_one_button_more_after_the_refusal(client, registry, man, woman, cast):
    client.force_login(cast["registrar"], backend="django.contrib.auth.backends.ModelBackend")
    sent = {
        f"{side}_{key}": value
        for side, person in (("man", man), ("woman", woman))
        for key, value in (
            ("name", person.name), ("document", "居民身份证"), ("number", person.id_no), ("nationality", "中国"),
            ("prior", "single"), ("elsewhere", "none"), ("willing", "yes"),
        )
    } | {"both_present": "yes", "near_kin": "yes"}  # fmt: skip
    page = client.post("/desk/marriage/wedding/", sent).content.decode()
    assert "不予登记，出具告知书" in page and "第一千零四十八条" in page
    answer = client.post("/desk/marriage/wedding/", sent | {"act": "decline"})
    made = Declined.objects.get()
    assert answer.headers["Location"] == f"/desk/marriage/declined/{made.pk}/"
    shown = client.get(answer.headers["Location"])
    copy = copies_of(made)[0]
    assert shown.status_code == 200
    file = client.get(f"/desk/marriage/declined/{made.pk}/copies/{copy.pk}/")
    assert file.content.startswith(b"%PDF")
