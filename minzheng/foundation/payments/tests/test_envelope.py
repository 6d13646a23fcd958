"""With the bank's certificate the outbox is closed to all but the bank; opened here by another tool (OpenSSL)."""

import datetime as dt
import hashlib
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.envelope import bank_certificate

pytestmark = pytest.mark.django_db
NUMBER = "431227195001010012"


def certificate(key, file):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "代发机构")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now).not_valid_after(now + dt.timedelta(days=9))
    file.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def bank(settings, tmp_path):
    """Its private key; the program knows the certificate alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.PAYMENT_BANK_CERTIFICATE = certificate(key, tmp_path / "bank.pem")
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "bank.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return tmp_path / "bank.key"


def opened_by_openssl(message, key):
    command = ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", message, "-inkey", key]
    return subprocess.run(command, capture_output=True)


def test_only_the_bank_reads_what_lies_in_the_outbox(
    bank, office, approver, settings, tmp_path, django_capture_on_commit_callbacks
):
    grant_nursing(approver, person=make_person("吴老三", id_no=NUMBER))
    batch = actions.check(office.checker, office.freeze(office.make("2026-01")))
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.send(office.maker, batch)
    files = sorted(settings.PAYMENT_OUTBOX.iterdir())
    assert [file.name for file in files] == [f"{batch.number}.txt.p7m", f"{batch.number}.txt.p7s"]
    held = b"".join(file.read_bytes() for file in files)
    assert NUMBER.encode() not in held and "吴老三".encode() not in held
    opened = opened_by_openssl(files[0], bank)
    assert hashlib.sha256(opened.stdout).hexdigest() == batch.file_sha256
    assert NUMBER.encode() in opened.stdout
    changed = bytearray(files[0].read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed.p7m").write_bytes(changed)
    assert opened_by_openssl(tmp_path / "changed.p7m", bank).returncode != 0


def test_a_certificate_that_cannot_be_used_stops_the_file_and_says_why(settings, tmp_path):
    settings.PAYMENT_BANK_CERTIFICATE = tmp_path / "missing.pem"
    with pytest.raises(ImproperlyConfigured, match="MINZHENG_BANK_CERTIFICATE"):
        bank_certificate()
    settings.PAYMENT_BANK_CERTIFICATE = certificate(ec.generate_private_key(ec.SECP256R1()), tmp_path / "ec")
    with pytest.raises(ImproperlyConfigured, match="应为 RSA 证书"):
        bank_certificate()
