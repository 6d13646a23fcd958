"""One effect per key: fifty at once, the same answer again, another content refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases.models import Case
from minzheng.foundation.idempotency.models import KeyedRequest

DRAFT = {"region": VILLAGE, "answers": {}, "submit": False}


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer_and_happens_once(xiuying):
    first = xiuying.post("/items/A1/applications", DRAFT, key="key-00000001")
    again = xiuying.post("/items/A1/applications", dict(reversed(DRAFT.items())), key="key-00000001")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert AuditEntry.objects.filter(action="case.open").count() == 1


@pytest.mark.django_db
def test_another_content_under_the_same_key_is_refused(xiuying):
    xiuying.post("/items/A1/applications", DRAFT, key="key-00000001")
    for path, body in (
        ("/items/A1/applications", DRAFT | {"answers": {"address": "别处"}}),
        ("/items/E1/applications", DRAFT),
    ):
        answer = xiuying.post(path, body, key="key-00000001")
        assert answer.status_code == 409
        assert "新的键" in answer.json()["detail"]
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_two_callers_may_have_chosen_the_same_key(xiuying, partner, cast):
    person = cast["clerk"].person
    xiuying.post("/items/A1/applications", DRAFT, key="key-00000001")
    body = DRAFT | {"applicant": {"name": person.name, "id_no": person.id_no}}
    assert partner.post("/items/A1/applications", body, key="key-00000001").status_code == 201


@pytest.mark.django_db
def test_a_refused_request_keeps_no_key(xiuying):
    assert (
        xiuying.post(
            "/items/A1/applications", DRAFT | {"region": "110101001001"}, key="key-00000001"
        ).status_code
        == 422
    )
    assert xiuying.post("/items/A1/applications", DRAFT, key="key-00000001").status_code == 201


@pytest.mark.django_db
def test_an_effect_without_a_key_is_refused(xiuying):
    assert xiuying.post("/items/A1/applications", DRAFT, key="").json()["type"] == "/api/#key-needed"
    assert xiuying.post("/items/A1/applications", DRAFT, key="短").status_code == 400


@pytest.mark.django_db
def test_keys_are_kept_for_ninety_days(xiuying):
    import datetime as dt

    from django.utils import timezone

    from minzheng.foundation.idempotency.handlers import forget_old_keys

    xiuying.post("/items/A1/applications", DRAFT, key="key-00000001")
    for days, left in ((90, 1), (91, 0)):
        at = timezone.now() - dt.timedelta(days=days) + dt.timedelta(minutes=1)
        KeyedRequest.objects.update(at=at)
        forget_old_keys(day=dt.date.today().isoformat())
        assert KeyedRequest.objects.count() == left


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_have_one_effect_and_one_answer(xiuying):
    def ask(_):
        try:
            return xiuying.post("/items/A1/applications", DRAFT, key="key-00000001")
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert {(one.status_code, one.content) for one in answers} == {(201, answers[0].content)}
    assert Case.objects.count() == 1
    assert AuditEntry.objects.filter(action="case.open").count() == 1
    assert sum("Idempotent-Replayed" not in one for one in answers) == 1
