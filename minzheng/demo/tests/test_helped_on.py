"""The demo's life around the money: enough that no page is empty, and within what the constraints allow."""

import datetime as dt

import pytest

from minzheng.business.assistance.models import CharityAid, PolicyDocument, Referral, RegisteredPoor
from minzheng.business.disability.models import AidLoan, CareNeed, Certificate, Placement
from minzheng.demo.cast import VILLAGE
from minzheng.demo.county.helped_on import write_helped_on
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.people.models import Person


@pytest.mark.django_db
def test_it_fills_the_pages_around_the_money(cast):
    people = Person.objects.bulk_create(
        Person(name=f"居民{n}", id_no=f"43122719800101{n:03}X", region_id=VILLAGE, hukou_region_id=VILLAGE)
        for n in range(12)
    )
    for person in people:
        Entitlement.objects.create(
            benefit="dibao", person=person, payee=person, region_id=VILLAGE, since_month=dt.date(2026, 1, 1)
        )
    Certificate.objects.bulk_create(
        Certificate(
            id_no=one.id_no, name=one.name, region_id=VILLAGE, kind="肢体", grade="一级",
            issued_on=dt.date(2020, 1, 1), valid_until=dt.date(2030, 1, 1),
        )
        for one in people[:8]
    )  # fmt: skip
    write_helped_on(dt.date.today())
    made = [one.objects.count() for one in (Referral, RegisteredPoor, CharityAid, PolicyDocument)]
    assert made == [12, 12, 6, 3]
    assert [one.objects.count() for one in (Placement, CareNeed, AidLoan)] == [5, 8, 3]
