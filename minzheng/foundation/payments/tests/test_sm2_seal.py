"""The national seal on a list: signed by OpenSSL, checked by plain Python after the published example."""

import io
import shutil

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing
from minzheng.foundation.payments import actions
from minzheng.foundation.payments.seal import seal
from tests.counterparts.sm2 import holds, is_signed, make_national_seal


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
    make_national_seal(tmp_path, settings.SEAL_PASSWORD)
    return tmp_path


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
