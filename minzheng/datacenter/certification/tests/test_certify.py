"""静默认证 (EX42): the clean hear nothing, the dead are stopped, the gone are handed over, doubts are visited."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection

from minzheng.cli import main
from minzheng.datacenter.certification.certify import certify
from minzheng.datacenter.certification.models import Certification, Outcome, PlaceNotice, Result
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.tests.making import FAMILY, NURSING
from minzheng.foundation.benefits.timeline import owed_in
from minzheng.foundation.benefits.words import Benefit, Exclusion, SilentCertification
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

MONTH, LAST, TODAY = dt.date(2026, 10, 1), dt.date(2026, 10, 31), dt.date(2026, 11, 3)
VILLAGE = "431227107203"
# A date fact that any catalogue has; what it means is the benefit's business.
CERTIFICATE = "birth_date"
SILENT = replace(
    NURSING,
    silent=SilentCertification("测试", certificate=CERTIFICATE),
    excludes=(Exclusion(FAMILY.code, "测试"),),
)

HOLDERS = """
WITH people AS (
    INSERT INTO people_person (name, sex, ethnic, phone, bank_name, bank_account, region_id, hukou_region_id, address, created_at)
    SELECT '某某', '1', '', '', '', '', %(village)s, %(village)s, '', now() FROM generate_series(1, %(count)s)
    RETURNING id
), rights AS (
    INSERT INTO benefits_entitlement (benefit, person_id, payee_id, account_name, region_id, case_number, state, grade,
                                      since_month, end_reason, granted_at)
    SELECT %(benefit)s, id, id, '', %(village)s, '', 'active', '', '2026-01-01', '', now() FROM people
    RETURNING id
), amounts AS (
    INSERT INTO benefits_entitlementamount (entitlement_id, from_month, amount_fen, reason, cite, decision, decided_on, recorded_at)
    SELECT id, '2026-01-01', 7000, '', '', '{}', '2026-01-01', now() FROM rights
), facts AS (
    INSERT INTO people_factsheet (person_id, values, source, since, recorded_at)
    SELECT id, jsonb_build_object(%(fact)s::text, '2026-10-31'), '残疾人证台账', '2026-01-01', now() FROM people
)
SELECT id FROM people ORDER BY id
"""


def make_holders(count):
    """That many persons with a right and a certificate that is valid to the last day of October."""
    with connection.cursor() as cursor:
        scope = {"village": VILLAGE, "count": count, "benefit": SILENT.code, "fact": CERTIFICATE}
        cursor.execute(HOLDERS, scope)
        return [key for (key,) in cursor.fetchall()]


@pytest.fixture
def county(cast, regions, monkeypatch):
    for declared in list(shelf(Benefit)):
        monkeypatch.setitem(shelf(Benefit)._found, declared.code, replace(declared, silent=None))
    monkeypatch.setitem(shelf(Benefit)._found, SILENT.code, SILENT)
    monkeypatch.setitem(shelf(Benefit)._found, FAMILY.code, FAMILY)
    Region.objects.create(
        code="440000000000", name="广东省", full_name="广东省", level=1, since="2000-01-01", source="测试"
    )
    return regions["431227000000"]


def died(key, on):
    Person.objects.filter(pk=key).update(died_on=on)


def moved(key, on, to="440000000000"):
    person = Person.objects.get(pk=key)
    person.hukou_region_id = to
    person.save()
    person.life_events.create(kind="move", happened_on=on, source="公安")


def certificate(key, until):
    values = {CERTIFICATE: until} if until else {}
    FactSheet.objects.filter(person=key).update(values=values)


@pytest.mark.covers(
    "S-114", by="minzheng/datacenter/certification/certify.py", screen="/desk/registers/certifications/"
)
def test_it_gives_exactly_the_numbers_of_the_handbook(county):
    """EX42: 1000 holders, 3 dead, 2 moved out of the province, 5 certificates expired, 990 clean."""
    keys = make_holders(1000)
    for key in keys[:3]:
        died(key, "2026-08-20")
    for key in keys[3:5]:
        moved(key, "2026-10-09")
    for key in keys[5:10]:
        certificate(key, "2026-10-30")
    found = certify(MONTH, county, TODAY).found
    assert found == Counter(
        {
            Result.CLEAN: 990,
            Result.EXPIRED: 5,
            Result.DEAD: 3,
            Result.MOVED: 2,
            Result.EXCLUDED: 0,
            Result.UNKNOWN: 0,
        }
    )
    assert Certification.objects.filter(outcome=Outcome.CONFIRMED).count() == 990
    stopped = Entitlement.objects.filter(state=State.ENDED)
    assert Counter(stopped.values_list("end_reason", "until_month")) == {
        ("death", dt.date(2026, 8, 1)): 3,
        ("moved_out", dt.date(2026, 10, 1)): 2,
    }
    assert set(PlaceNotice.objects.values_list("person", "to_region", "last_month")) == {
        (key, "440000000000", MONTH) for key in keys[3:5]
    }
    assert set(Task.objects.values_list("person", flat=True)) == set(keys[5:10])
    assert not Entitlement.objects.filter(state=State.SUSPENDED).exists()


def test_it_does_nothing_twice(county):
    keys = make_holders(3)
    died(keys[0], "2026-10-31")
    certificate(keys[1], "2026-09-30")
    assert certify(MONTH, county, TODAY).judged == 3
    assert certify(MONTH, county, TODAY).judged == 0
    assert (Certification.objects.count(), Task.objects.count()) == (3, 1)


@pytest.mark.parametrize(
    ("what", "result"),
    [
        (lambda key: died(key, "2026-10-31"), Result.DEAD),
        (lambda key: died(key, "2026-11-01"), Result.CLEAN),
        (lambda key: moved(key, "2026-10-31"), Result.MOVED),
        (lambda key: moved(key, "2026-11-01"), Result.CLEAN),
        (lambda key: moved(key, "2026-10-09", "431228000000"), Result.CLEAN),
        (lambda key: certificate(key, "2026-10-30"), Result.EXPIRED),
        (lambda key: certificate(key, "2026-10-31"), Result.CLEAN),
        (lambda key: certificate(key, None), Result.UNKNOWN),
    ],
)
def test_it_judges_by_the_last_day_of_the_month(county, what, result):
    [key] = make_holders(1)
    what(key)
    certify(MONTH, county, TODAY)
    assert Certification.objects.get().result == result


def test_it_visits_whoever_also_holds_what_excludes_it(county):
    first, second = make_holders(2)
    right = Entitlement.objects.get(person=second)
    right.benefit, right.person_id, right.payee_id = FAMILY.code, first, first
    right.save()
    certify(MONTH, county, TODAY)
    assert Certification.objects.get().result == Result.EXCLUDED
    assert "同时在领“家庭生活补助”" in Task.objects.get().reason


def test_it_suspends_only_after_two_unanswered_contacts_and_pays_all_when_somebody_answers(county, cast):
    [key] = make_holders(1)
    certificate(key, "2026-09-30")
    certify(MONTH, county, TODAY)
    right, helper = Entitlement.objects.get(), Access(cast["helper"], TODAY)

    def contact(outcome, **answers):
        made_at = dt.datetime(2026, 11, 5, 9, tzinfo=dt.UTC)
        draft = VisitDraft(outcome, answers=answers, position=Position(missing="电话"), made_at=made_at)
        record_visit(helper, Task.objects.get(), draft)
        right.refresh_from_db()
        return right.state

    assert contact("not_reached") == State.ACTIVE
    assert contact("not_reached") == State.SUSPENDED
    assert Certification.objects.get().outcome == Outcome.SUSPENDED
    assert right.suspensions.get().from_month == dt.date(2026, 12, 1)
    assert contact("in_order", note="已换新证") == State.ACTIVE
    assert Certification.objects.get().outcome == Outcome.VISITED
    assert not right.suspensions.exists() and owed_in(right, dt.date(2026, 12, 1)) == 7000


def test_it_hands_a_change_to_the_county_and_stops_nothing_itself(county, cast):
    [key] = make_holders(1)
    certificate(key, "2026-09-30")
    certify(MONTH, county, TODAY)
    draft = VisitDraft("changed", answers={"note": "已不需要照护"}, position=Position(missing="电话"))
    record_visit(Access(cast["helper"], TODAY), Task.objects.get(), draft)
    assert Certification.objects.get().outcome == Outcome.DOUBTED
    assert Task.objects.get(kind="certification.follow_up").office_id == "431227000000"
    assert Entitlement.objects.get().state == State.ACTIVE


def test_it_certifies_by_command_and_refuses_a_month_that_has_not_begun(county, capsys):
    make_holders(2)
    assert main(["certify", "--month", "2026-10", "--region", "431227"]) == 0
    assert "认证 2 人次（静默认证通过 2）" in capsys.readouterr().out
    assert main(["certify", "--month", "2999-01"]) == 2
    assert main(["certify", "--month", "10月"]) == 2
    assert main(["certify", "--month", "2026-10", "--region", "999999"]) == 1


def test_it_shows_each_office_its_own_notices(county, client, cast):
    keys = make_holders(1)
    moved(keys[0], "2026-10-09")
    certify(MONTH, county, TODAY)
    row = "/rows/"
    client.force_login(cast["reviewer"])
    assert row in client.get("/desk/registers/place_notices/").content.decode()
    assert row not in client.get("/desk/registers/arrivals/").content.decode()
    assert "迁出本省" in client.get("/desk/registers/certifications/").content.decode()
    client.force_login(cast["outsider"])
    assert row not in client.get("/desk/registers/place_notices/").content.decode()
