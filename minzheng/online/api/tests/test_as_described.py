"""What the document of the interface forbids is refused, with words that help: found by the fuzzer, one by one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases.drafts import AGENT_LETTER, AUTHORISATION
from minzheng.foundation.documents.models import Document
from minzheng.foundation.idempotency.models import KeyedRequest
from minzheng.foundation.items.catalogue import item_of
from minzheng.online.api.document import document
from minzheng.online.portal.tests.family import PDF

pytestmark = pytest.mark.django_db
NO_DATES = [
    "-2.270163908575702e-282",
    "0",
    "20261122",
    "2026-11-22T00:00:00",
    "2026-02-30",
    " 2026-11-22",
    "",
]


@pytest.mark.parametrize("path", ["/regions", "/standards"])
def test_a_day_is_a_day_and_no_other_number(visitor, path):
    for said in NO_DATES:
        answer = visitor.get(path, on=said)
        assert answer.status_code == 422, said
        assert answer.json()["errors"] == [
            {"path": "query.on", "detail": "应是真实存在的日期，写成 2026-11-22 这样。"}
        ]
    assert visitor.get(path, on="2026-11-22").status_code == 200


def test_a_day_in_an_address_is_read_as_strictly(visitor):
    answer = visitor.get("/booking/counters/1/days/0")
    assert answer.status_code == 422
    assert "2026-11-22" in answer.json()["errors"][0]["detail"]
    assert visitor.get("/booking/counters/1/days/2026-11-22").status_code == 404


def test_a_parameter_that_was_given_twice_is_not_chosen_for_the_caller(visitor):
    answer = visitor.get("/regions", on=["2020-01-01", "2026-11-22"])
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"path": "query.on", "detail": "这个参数只能给一次，请去掉多余的。"}]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/certificates/verify", {"code": "00000000", "how": "paper"}),
        (
            "/status/enquiries",
            {"id_no": "0" * 18, "name": "某某", "purpose": "service", "basis": "授权书1号"},
        ),
        (
            "/status/enquiries/batch",
            {
                "persons": [{"id_no": "0" * 18, "name": "某某"}],
                "purpose": "service",
                "basis": "授权书1号",
            },
        ),
    ],
)
def test_a_key_that_need_not_be_given_is_a_good_one_if_it_is(partner, path, body):
    for key in ("", "短", "seven77", "k" * 121):
        answer = partner.post(path, body, key=key)
        assert (answer.status_code, answer.json()["type"]) == (400, "/api/#key-needed"), key
        assert "8 至 120 位" in answer.json()["detail"]
    assert not KeyedRequest.objects.exists()
    assert partner.post(path, body, key="k" * 120).status_code == 200
    without = partner.http.post(f"/api/v1{path}", body, "application/json", headers=partner.headers())
    assert without.status_code == 200


def test_a_look_under_a_key_is_a_look_of_its_own(xiuying):
    case = xiuying.post("/items/A1/applications", {"region": VILLAGE, "answers": {}, "submit": False}).json()
    looks = AuditEntry.objects.filter(is_read=True)
    before, kept = looks.count(), KeyedRequest.objects.count()
    for _ in range(2):
        headers = xiuying.headers() | {"Idempotency-Key": "key-00000001"}
        assert xiuying.http.get(f"/api/v1/cases/{case['number']}", headers=headers).status_code == 200
    assert (looks.count(), KeyedRequest.objects.count()) == (before + 2, kept)


def test_only_papers_that_something_asks_for_are_taken(xiuying):
    for kind in ("null", "paper", ""):
        answer = xiuying.upload("a.pdf", PDF["buffer"], kind=kind)
        assert answer.status_code == 422, kind
        (wrong,) = answer.json()["errors"]
        assert wrong["path"] == "form.kind" and "application_signature" in wrong["detail"]
    assert not Document.objects.exists()
    assert xiuying.upload("a.pdf", PDF["buffer"], kind="application_signature").status_code == 201


def test_of_two_files_none_is_dropped_without_a_word(xiuying):
    files = [SimpleUploadedFile(f"{number}.pdf", PDF["buffer"]) for number in (1, 2)]
    headers = xiuying.headers() | {"Idempotency-Key": "key-00000001"}
    answer = xiuying.http.post("/api/v1/documents", {"file": files, "kind": AUTHORISATION}, headers=headers)
    assert answer.status_code == 422 and "一次只能上传一个文件" in answer.json()["detail"]
    assert not Document.objects.exists()


def test_the_document_names_the_papers_that_are_taken():
    upload = document()["paths"]["/api/v1/documents"]["post"]["requestBody"]["content"]
    said = upload["multipart/form-data"]["schema"]["properties"]["kind"]["enum"]
    asked = {material.key for material in item_of("A1").materials}
    assert asked | {AGENT_LETTER, AUTHORISATION} <= set(said)
