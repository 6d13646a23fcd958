"""The seal beside the instruction file, checked by OpenSSL and by the bank."""

import base64
import io
import zipfile

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.certificates.seals import ROOT_FILE, seals
from minzheng.foundation.payments import actions, delivery, instruction
from minzheng.foundation.payments.channels import http
from minzheng.foundation.payments.models import Delivery
from minzheng.foundation.payments.package import write_package
from minzheng.foundation.payments.seal import seal
from tests.counterparts.bank import Bank, is_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(office, approver, django_capture_on_commit_callbacks):
    grant_nursing(approver, person=make_person("甲"))
    batch = office.freeze(office.make("2026-01"))
    with django_capture_on_commit_callbacks(execute=True):
        office.send(batch)
    batch.refresh_from_db()
    return batch


def sealed(body, signature):
    return is_sealed(body, base64.b64encode(signature).decode(), seals() / ROOT_FILE)


def test_it_lays_a_seal_beside_the_file_that_openssl_accepts_and_no_other_file(sent, settings):
    body = (settings.PAYMENT_OUTBOX / f"{sent.number}.txt").read_bytes()
    signature = (settings.PAYMENT_OUTBOX / f"{sent.number}.txt.p7s").read_bytes()
    assert sealed(body, signature)
    assert not sealed(body.replace(b"70.00", b"71.00"), signature)
    assert not sealed(body, b"")


def test_it_packs_text_and_table_each_with_its_seal(sent):
    target = io.BytesIO()
    write_package(sent, target)
    with zipfile.ZipFile(target) as package:
        files = {name: package.read(name) for name in package.namelist()}
    text, table = files[f"{sent.number}.txt"], files[f"{sent.number}.xlsx"]
    assert sealed(text, files[f"{sent.number}.txt.p7s"])
    assert sealed(table, files[f"{sent.number}.xlsx.p7s"])
    assert not sealed(table, files[f"{sent.number}.txt.p7s"])
    assert "openssl cms -verify" in files["核验说明.txt"].decode()


def test_the_bank_takes_what_is_sealed_and_refuses_what_is_not(
    office, approver, settings, monkeypatch, django_capture_on_commit_callbacks
):
    grant_nursing(approver, person=make_person("甲"))
    batch = actions.check(office.checker, office.freeze(office.make("2026-01")))
    with Bank("约定的密钥", roots=seals() / ROOT_FILE) as bank:
        settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.http.Bank"
        settings.PAYMENT_BANK_URL, settings.PAYMENT_BANK_KEY = bank.url, "约定的密钥"
        monkeypatch.setattr(http, "seal", lambda batch, file: seal(batch, io.BytesIO(b"another file")))
        with django_capture_on_commit_callbacks(execute=True):
            actions.send(office.maker, batch)
        batch.refresh_from_db()
        assert (batch.delivery, batch.delivery_note) == (Delivery.REFUSED, "代发机构不受理：印章无效")
        assert not bank.files
        monkeypatch.setattr(http, "seal", seal)
        with django_capture_on_commit_callbacks(execute=True):
            delivery.deliver_again(office.maker, batch)
        batch.refresh_from_db()
        assert batch.delivery == Delivery.TAKEN


def test_it_moves_no_money_where_the_county_has_no_seal(office, approver, settings, tmp_path):
    grant_nursing(approver, person=make_person("甲"))
    batch = actions.check(office.checker, office.freeze(office.make("2026-01")))
    settings.SEALS, settings.TEST_SEAL = tmp_path, False
    with pytest.raises(Refused, match="还没有配置电子印章"):
        actions.send(office.maker, batch)
    batch.refresh_from_db()
    assert batch.state == "checked" and instruction.file_name(batch) not in str(list(tmp_path.iterdir()))
