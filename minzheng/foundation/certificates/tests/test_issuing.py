"""Issuing: one number each, one certificate at a time, paper and electronic together, never edited."""

import datetime as dt
import hashlib
import subprocess
import threading

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.certificates import actions
from minzheng.foundation.certificates.identifiers import is_identifier
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.tests.conftest import COUNTY, TODAY, VILLAGE
from minzheng.foundation.people.models import Person

DB = pytest.mark.django_db


def issued(access, holder, origin="case:1", today=TODAY):
    return actions.issue(access("approver"), "test_card", holder, region=VILLAGE, origin=origin, today=today)


def saved(certificate, folder):
    file = folder / f"{certificate.pk}.pdf"
    with default_storage.open(certificate.file) as stored:
        file.write_bytes(stored.read())
    return file


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@DB
def test_it_numbers_names_and_dates_the_certificate(card, issuer, holder, access):
    first, second = issued(access, holder), issued(access, holder, "case:2")
    assert first.number == "新晃演示〔2026〕000001号" and second.number == "新晃演示〔2026〕000002号"
    assert (first.issuer_name, first.name, first.issued_on) == ("新晃侗族自治县民政局", "杨㛃𬭛", TODAY)
    assert is_identifier(first.identifier) and not is_identifier(first.identifier[:-1] + "?")
    entry = AuditEntry.objects.filter(action="certificate.issue").latest("id")
    assert entry.persons == [holder.pk] and entry.region == VILLAGE


@DB
def test_it_begins_again_at_one_in_the_new_year(card, issuer, holder, access):
    old = issued(access, holder, "case:1", dt.date(2026, 12, 31))
    new = issued(access, holder, "case:2", dt.date(2027, 1, 1))
    assert (old.number[-7:], new.number) == ("000001号", "新晃演示〔2027〕000001号")


@DB
def test_it_prints_rare_characters_and_takes_nothing_as_markup(card, issuer, holder, access, tmp_path):
    text = said("pdftotext", str(saved(issued(access, holder), tmp_path)), "-")
    text = "".join(text.replace("\u200b", "").split())
    assert "杨㛃𬭛" in text and "#强制*标记*$x$<b>" in text
    assert "测试印章" in text and "没有法律效力" in text
    holder.name = "买买提·吐尔逊·阿卜杜热"
    text = said("pdftotext", str(saved(issued(access, holder, "case:2"), tmp_path)), "-")
    assert holder.name in "".join(text.replace("\u200b", "").split()), "a long name is whole and not cut"


@DB
def test_it_embeds_its_fonts_and_calls_itself_pdf_a(card, issuer, holder, access, tmp_path):
    file = saved(issued(access, holder), tmp_path)
    fonts = said("pdffonts", str(file)).splitlines()[2:]
    assert fonts and all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts)
    assert b"pdfaid" in file.read_bytes()


@DB
def test_it_is_signed_over_the_whole_file_as_another_program_sees_it(card, issuer, holder, access, tmp_path):
    """poppler's pdfsig knows nothing of us."""
    file = saved(issued(access, holder), tmp_path)
    report = said("pdfsig", "-nocert", str(file))
    assert "Signature is Valid" in report and "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    raw = file.read_bytes()
    at = raw.index(b"/CreationDate") + 20
    file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    assert "Signature is Valid" not in said("pdfsig", "-nocert", str(file))


@DB
def test_it_keeps_the_file_that_it_signed(card, issuer, holder, access, tmp_path):
    certificate = issued(access, holder)
    assert hashlib.sha256(saved(certificate, tmp_path).read_bytes()).hexdigest() == certificate.sha256


@DB
def test_it_issues_one_at_a_time_for_one_reason(card, issuer, holder, access):
    first = issued(access, holder)
    with pytest.raises(Refused, match="已经发过演示证"):
        issued(access, holder)
    actions.revoke_by_officer(access("approver"), first, reason="登记有误")
    assert issued(access, holder).number == "新晃演示〔2026〕000002号"


@DB
def test_it_replaces_in_one_transaction_and_keeps_the_old_number(card, issuer, holder, access, monkeypatch):
    first = issued(access, holder)
    holder.name = "杨秀英"
    second = actions.replace(access("approver"), first, holder, reason="姓名更正", today=TODAY)
    first.refresh_from_db()
    assert (first.state, first.reason, first.name) == (State.REVOKED, "换发：姓名更正", "杨㛃𬭛")
    assert (second.version, second.replaces_id, second.name) == (2, first.pk, "杨秀英")

    def no_paper(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "page", no_paper)
    with pytest.raises(OSError, match="disk full"):
        actions.replace(access("approver"), second, holder, reason="遗失", today=TODAY)
    second.refresh_from_db()
    assert second.state == State.VALID, "without a new one the old one stays"


@DB
def test_it_cannot_be_edited_or_deleted_even_in_sql(card, issuer, holder, access):
    certificate = issued(access, holder)
    for sql in (
        "UPDATE certificates_issued SET name = '别人' WHERE id = %s",
        "UPDATE certificates_issued SET valid_until = '2099-01-01' WHERE id = %s",
        "DELETE FROM certificates_issued WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [certificate.pk])
    actions.revoke_by_officer(access("approver"), certificate, reason="登记有误")
    with pytest.raises(DatabaseError), transaction.atomic():
        Issued.objects.filter(pk=certificate.pk).update(state=State.VALID, reason="")


@DB
def test_it_is_suspended_and_resumed_but_never_comes_back_from_the_end(card, issuer, holder, access):
    certificate, officer = issued(access, holder), access("approver")
    with pytest.raises(Refused, match="请写明原因"):
        actions.suspend(officer, certificate, reason=" ")
    actions.suspend(officer, certificate, reason="核查中")
    assert certificate.standing(TODAY) == ("warn", "暂停使用")
    actions.resume(officer, certificate)
    actions.revoke_by_officer(officer, certificate, reason="待遇终止")
    for again in (lambda: actions.resume(officer, certificate), lambda: actions.suspend(officer, certificate, reason="x")):  # fmt: skip
        with pytest.raises(Refused, match="已注销"):
            again()


@DB
@pytest.mark.parametrize(
    ("on", "words"), [(dt.date(2027, 11, 19), "有效"), (dt.date(2027, 11, 20), "已过期")]
)
def test_it_holds_to_the_end_of_its_last_day(card, issuer, holder, access, on, words):
    assert issued(access, holder).standing(on)[1] == words


@DB
def test_it_needs_an_issuer_with_a_valid_code(card, regions, holder, access):
    with pytest.raises(Refused, match="还没有登记发证机关"):
        issued(access, holder)
    from minzheng.foundation.certificates.models import Issuer

    wrong = Issuer(region_id=COUNTY, name="局", short_name="新晃", uscc="114312270066867900")
    with pytest.raises(Refused, match="统一社会信用代码不对"):
        actions.register_issuer(wrong)


@DB
def test_it_is_changed_only_by_officers_of_the_place(card, issuer, holder, access):
    from django.core.exceptions import PermissionDenied

    certificate = issued(access, holder)
    for who in ("outsider", "auditor", "finance", "helper"):
        with pytest.raises(PermissionDenied):
            actions.suspend(access(who), certificate, reason="核查中")
        with pytest.raises(PermissionDenied):
            actions.revoke_by_officer(access(who), certificate, reason="x")


@pytest.mark.django_db(transaction=True)
def test_it_never_gives_two_clerks_one_number_or_one_reason_two_certificates(card, issuer, regions, access):
    people = [Person.objects.create(name=f"某{n}", region_id=VILLAGE) for n in range(4)]
    officer, refusals = access("approver"), []

    def work(person):
        try:
            for origin in (f"own:{person.pk}", "shared"):
                actions.issue(officer, "test_card", person, region=VILLAGE, origin=origin, today=TODAY)
        except Refused as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Issued.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers) == 5 and len(refusals) == 3
    assert Issued.objects.filter(origin="shared").count() == 1
