"""S-025: the seven licences leave on paper and electronically at once, and where one of the two fails there is neither."""

import datetime as dt

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates import actions
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.synchronous import licences_on
from minzheng.foundation.certificates.tests.conftest import TODAY, VILLAGE
from minzheng.foundation.certificates.words import Certificate
from minzheng.foundation.organisations.actions import end_organisation
from minzheng.foundation.organisations.certificates import OF_KIND
from minzheng.foundation.organisations.licensing import license_organisation
from minzheng.foundation.organisations.models import Kind, Organisation
from minzheng.foundation.organisations.uscc import with_checks
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
DECISION = {"decision_no": "新民社登〔2026〕8号", "scope": "为老服务", "fund_fen": 300_000_00}


def organisation(kind=Kind.ASSOCIATION):
    start = {Kind.ASSOCIATION: "51", Kind.SERVICE_BODY: "52", Kind.FOUNDATION: "53"}[kind]
    return Organisation.objects.create(
        uscc=with_checks(f"{start}431227MJ000001"), name="新晃侗族自治县老年协会", kind=kind, region_id=VILLAGE,
        legal_rep_name="杨㛃𬭛", address="新晃镇人民路1号",
    )  # fmt: skip


def test_all_seven_are_declared_with_a_type_of_their_own():
    listed = licences_on(TODAY)
    assert len(listed.licences) == 7 and listed.mark == "U"
    words = [shelf(Certificate).get(code) for code, _ in listed.licences]
    assert [word.title for word in words] == [title for _, title in listed.licences]
    every = [word.type_no for word in shelf(Certificate)]
    assert len(set(every)) == len(every)


@pytest.mark.covers(
    "S-025", by="minzheng/foundation/certificates/actions.py", screen="/desk/certificates/synchronous/"
)
@pytest.mark.parametrize("fails", ["page", "seal_of", "default_storage.save", "Issued.save"])
def test_where_paper_or_signature_or_file_or_row_fails_there_is_nothing(issuer, access, monkeypatch, fails):
    one = organisation()

    def broken(*args, **kwargs):
        raise OSError("disk full")

    owner = {"default_storage.save": actions.default_storage, "Issued.save": Issued}.get(fails, actions)
    monkeypatch.setattr(owner, fails.rpartition(".")[2], broken)
    with pytest.raises(OSError, match="disk full"):
        license_organisation(access("approver"), one, licence="association", **DECISION)
    assert not Issued.objects.exists()
    monkeypatch.undo()
    made = license_organisation(access("approver"), one, licence="association", **DECISION)
    assert made.number.endswith("000001号"), "a number that was not issued is not lost"
    assert actions.default_storage.exists(made.file)


@pytest.mark.parametrize("kind", list(OF_KIND))
def test_each_kind_of_organisation_gets_its_own_licence_and_no_other(issuer, access, kind):
    one, officer = organisation(kind), access("approver")
    for word in OF_KIND[kind]:
        made = license_organisation(officer, one, licence=word.code, **DECISION)
        assert (made.word.title, made.name, made.person) == (word.title, one.name, None)
    others = {word.code for words in OF_KIND.values() for word in words} - {
        word.code for word in OF_KIND[kind]
    }
    for code in others:
        with pytest.raises(Refused, match="不能领这种证照"):
            license_organisation(officer, one, licence=code, **DECISION)


def test_a_change_replaces_and_the_end_revokes(issuer, access):
    one, officer = organisation(), access("approver")
    first = license_organisation(officer, one, licence="association", **DECISION)
    second = license_organisation(
        officer,
        one,
        licence="association",
        **DECISION | {"scope": "为老服务；助残"},
        valid_until="2030-12-31",
    )
    first.refresh_from_db()
    assert (first.state, second.replaces_id, second.version) == (State.REVOKED, first.pk, 2)
    assert second.valid_until == dt.date(2030, 12, 31)
    end_organisation(officer, one, officer.today)
    second.refresh_from_db()
    assert (second.state, second.reason[:4]) == (State.REVOKED, "单位已于")
    with pytest.raises(Refused, match="已经注销"):
        license_organisation(officer, one, licence="association", **DECISION)


def test_the_table_counts_what_the_officer_may_see(issuer, client, cast, access):
    client.force_login(cast["approver"], backend="django.contrib.auth.backends.ModelBackend")
    license_organisation(access("approver"), organisation(), licence="association", **DECISION)
    page = client.get("/desk/certificates/synchronous/").content.decode()
    assert page.count("已同步") == 7 and "社会团体法人登记证书" in page and "份数保密" in page
