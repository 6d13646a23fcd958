"""The national seal beside a certificate: made with it, checked by another program, handed out with the file."""

import pytest
from django.core.files.storage import default_storage

from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates import actions, checking
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.tests.conftest import TODAY, VILLAGE
from tests.counterparts.sm2 import holds, make_national_seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def seals(settings, tmp_path):
    settings.SEALS, settings.SEAL_SUITE = tmp_path, "sm2"
    return tmp_path


@pytest.fixture
def issued(card, issuer, cast, access):
    def give():
        return actions.issue(
            access("approver"),
            "test_card",
            cast["xiuying"].person,
            region=VILLAGE,
            origin="case:1",
            today=TODAY,
        )

    return give


def test_it_is_made_over_the_very_file_and_given_to_the_holder(seals, settings, issued, client, cast):
    make_national_seal(seals, settings.SEAL_PASSWORD)
    certificate = issued()
    with default_storage.open(certificate.file) as stored:
        pdf = stored.read()
    client.force_login(cast["xiuying"])
    assert "下载国密签章" in client.get("/portal/certificates/").content.decode()
    seal = client.get(f"/portal/certificates/{certificate.pk}/seal/").content
    assert holds(pdf, seal) and not holds(pdf + b"\n", seal)
    assert checking.check_file(pdf).certificate == certificate, "any PDF reader still finds the seal inside"
    client.force_login(cast["clerk"])
    assert client.get(f"/desk/certificates/{certificate.pk}/seal/").content == seal


def test_nothing_is_issued_where_the_office_has_none(seals, issued):
    with pytest.raises(Refused, match="还没有配置国密印章"):
        issued()
    assert not Issued.objects.exists()


def test_one_that_was_issued_without_offers_none(issued, client, cast):
    certificate = issued()
    client.force_login(cast["xiuying"])
    assert "下载国密签章" not in client.get("/portal/certificates/").content.decode()
    assert client.get(f"/portal/certificates/{certificate.pk}/seal/").status_code == 404
