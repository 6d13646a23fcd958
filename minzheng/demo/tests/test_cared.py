"""The demo's life at home: enough of everything that no page is empty, and within what the constraints allow."""

import datetime as dt

import pytest

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.demo.cast import VILLAGE
from minzheng.demo.county.cared import write_cared
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Order


@pytest.mark.django_db
def test_it_fills_the_pages_of_elder_care(cast):
    Person.objects.bulk_create(
        Person(
            name=f"老人{n}",
            birth_date=dt.date(1930 + n % 20, 5, 1),
            region_id=VILLAGE,
            hukou_region_id=VILLAGE,
        )
        for n in range(50)
    )
    write_cared(dt.date.today())
    assert [one.objects.count() for one in (Assessment, CareBed, Renovation)] == [40, 6, 3]
    assert {"asked", "accepted", "done", "confirmed", "cancelled"} == set(
        Order.objects.values_list("state", flat=True)
    )
