"""Other departments ask about one person or a thousand: by number and name, for a registered purpose, on record."""

import datetime as dt

import pytest

from minzheng.demo.cast import SIBLING_COUNTY
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.exchange.models import Direction, ExchangeCall
from minzheng.foundation.people.models import Person
from minzheng.online.api.tests import callers

pytestmark = pytest.mark.django_db


def asks(person, **more):
    return {
        "id_no": person.id_no,
        "name": person.name,
        "purpose": "service",
        "basis": "医保业务20261122001",
    } | more


@pytest.fixture
def pensioner(cast):
    person = cast["xiuying"].person
    Entitlement.objects.create(
        benefit="elder_allowance",
        person=person,
        payee=person,
        region=person.region,
        since_month=dt.date(2026, 3, 1),
    )
    return person


@pytest.mark.covers("S-028", by="minzheng/online/api/v1/status.py", screen="/desk/registers/exchanges/")
def test_it_tells_that_somebody_receives_a_benefit_and_everybody_can_see_that_it_told(
    partner, pensioner, client, cast
):
    answer = partner.post("/status/enquiries", asks(pensioner)).json()
    assert answer["found"]
    assert [(one["benefit"], one["state"], one["since"]) for one in answer["benefits"]] == [
        ("elder_allowance", "active", "2026-03")
    ]
    call = ExchangeCall.objects.get(request_id=answer["request_id"])
    assert (call.direction, call.purpose, call.persons_count, call.records) == (
        Direction.GIVEN,
        "service",
        1,
        1,
    )
    assert call.authorisation == "新晃县医疗保障局：医保业务20261122001"
    entry = AuditEntry.objects.get(action="status.enquired")
    assert (entry.persons, entry.is_read) == ([pensioner.pk], True)
    client.force_login(cast["xiuying"])
    page = client.get("/portal/looked/").content.decode()
    assert "新晃县医疗保障局" in page and "核实待遇资格" in page


def test_it_tells_neither_amount_nor_number(partner, pensioner):
    text = partner.post("/status/enquiries", asks(pensioner)).content.decode()
    assert pensioner.id_no not in text and pensioner.name not in text and "fen" not in text


def test_a_number_alone_confirms_nobody(partner, pensioner):
    answer = partner.post("/status/enquiries", asks(pensioner, name="杨秀兰")).json()
    assert answer["found"] is False and answer["benefits"] == []


def test_another_countys_people_are_not_there(cast, pensioner):
    pensioner.region_id = SIBLING_COUNTY
    pensioner.save()
    here = callers.partner(cast["admin"])
    assert here.post("/status/enquiries", asks(pensioner)).json()["found"] is False


def test_a_purpose_that_was_not_registered_is_refused_before_anything_is_looked_up(partner, pensioner):
    answer = partner.post("/status/enquiries", asks(pensioner, purpose="screening"))
    assert answer.status_code == 403
    assert not ExchangeCall.objects.exists()


def test_a_thousand_are_answered_in_their_order_with_a_handful_of_queries(
    partner, cast, pensioner, django_assert_max_num_queries
):
    others = [
        Person(name=f"人{n}", region=pensioner.region, sex="1", birth_date=dt.date(1950, 1, 1))
        for n in range(3)
    ]
    Person.objects.bulk_create(others)
    body = {"purpose": "service", "basis": "批量核实一号", "persons": [
        {"id_no": "110101199003070070", "name": "没有这人"}, {"id_no": pensioner.id_no, "name": pensioner.name},
        *({"id_no": one.person.id_no, "name": one.person.name} for one in cast.values()),
    ]}  # fmt: skip
    with django_assert_max_num_queries(20):
        answer = partner.post("/status/enquiries/batch", body)
    found = [one["found"] for one in answer.json()["answers"]]
    assert found[:2] == [False, True]
    assert len(found) == len(body["persons"])
    assert len(AuditEntry.objects.get(action="status.enquired").persons) == len(
        {one.person_id for one in cast.values()}
        & set(AuditEntry.objects.get(action="status.enquired").persons)
    )
