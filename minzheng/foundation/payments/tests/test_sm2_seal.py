"""The national seal on a list: signed by OpenSSL, checked by plain Python after the published example."""

import io
import shutil
import subprocess

import pytest
from asn1crypto import cms, core

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.seal import seal
from tests.counterparts.sm2 import is_signed, sm3

ID = "distid:1234567812345678"


def test_the_checker_agrees_with_the_published_example():
    """GB/T 32918.5, annex A.2."""
    public = (
        0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
        0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
    )
    r = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
    s = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
    assert is_signed(b"message digest", r, s, public)
    assert not is_signed(b"message digesu", r, s, public)
    assert not is_signed(b"message digest", r, s + 1, public)
    assert not is_signed(b"message digest", r, s, public, b"8765432187654321")


@pytest.fixture
def sealed_by(settings, tmp_path):
    """A county's national seal below an authority of its own; its folder."""
    settings.SEALS, settings.TEST_SEAL, settings.SEAL_SUITE = tmp_path, False, "sm2"

    def openssl(*arguments):
        given = [str(argument) for argument in arguments]
        subprocess.run(
            ["openssl", *given], check=True, capture_output=True, env={"SEAL": settings.SEAL_PASSWORD}
        )

    key = ("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out")
    openssl(*key, tmp_path / "root.key")
    root = ("-sm3", "-sigopt", ID, "-key", tmp_path / "root.key", "-subj", "/CN=root", "-days", "9")
    openssl("req", "-new", "-x509", *root, "-out", tmp_path / "root.pem")
    openssl(*key, tmp_path / "431227000000.sm2.key", "-aes-256-cbc", "-pass", "env:SEAL")
    asked = ("-sm3", "-sigopt", ID, "-passin", "env:SEAL", "-subj", "/CN=county", "-out", tmp_path / "csr")
    openssl("req", "-new", "-key", tmp_path / "431227000000.sm2.key", *asked)
    by = ("-CA", tmp_path / "root.pem", "-CAkey", tmp_path / "root.key", "-vfyopt", ID, "-sigopt", ID, "-sm3")
    openssl(
        "x509", "-req", "-in", tmp_path / "csr", *by, "-days", "9", "-out", tmp_path / "431227000000.sm2.pem"
    )
    openssl("verify", "-vfyopt", ID, "-CAfile", tmp_path / "root.pem", tmp_path / "431227000000.sm2.pem")
    return tmp_path


def holds(body, message):
    """Whether the CMS message signs this body, by the certificate inside it."""
    signed = cms.ContentInfo.load(message)["content"]
    (signer,) = signed["signer_infos"]
    assert signer["digest_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.401"
    assert signer["signature_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.501"
    said = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    point = (
        signed["certificates"][0].chosen["tbs_certificate"]["subject_public_key_info"]["public_key"].native
    )
    public = (int.from_bytes(point[1:33]), int.from_bytes(point[33:65]))
    r, s = core.SequenceOf.load(signer["signature"].native, spec=core.Integer).native
    return said["message_digest"] == sm3(body) and is_signed(
        signer["signed_attrs"].untag().dump(), r, s, public
    )


@pytest.fixture
def sent(db, office, approver, sealed_by, settings, django_capture_on_commit_callbacks):
    grant_nursing(approver)
    batch = actions.check(office.checker, office.freeze(office.make("2026-01")))
    with django_capture_on_commit_callbacks(execute=True):
        return actions.send(office.maker, batch)


def test_the_list_carries_a_seal_that_another_program_accepts_and_for_no_other_list(sent, settings):
    body = (settings.PAYMENT_OUTBOX / f"{sent.number}.txt").read_bytes()
    message = (settings.PAYMENT_OUTBOX / f"{sent.number}.txt.p7s").read_bytes()
    assert holds(body, message)
    assert not holds(body.replace(b"70.00", b"71.00"), message)


def test_it_says_what_is_missing(sent, sealed_by, settings, monkeypatch):
    settings.SEAL_PASSWORD = "another"
    with pytest.raises(Refused, match="私钥打不开"):
        seal(sent, io.BytesIO(b"x"))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="没有"):
        seal(sent, io.BytesIO(b"x"))
    (sealed_by / "431227000000.sm2.key").unlink()
    with pytest.raises(Refused, match="还没有配置国密印章"):
        seal(sent, io.BytesIO(b"x"))
