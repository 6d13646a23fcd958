"""The demo's life at home: enough of everything that no page is empty, and within what the constraints allow."""

import datetime as dt

import pytest

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.estates.models import Estate
from minzheng.business.elderly.fraud.models import Clue
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.mutual.models import Duty
from minzheng.business.elderly.oversight.models import Inspection
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.business.elderly.training.models import Trainee
from minzheng.demo.cast import VILLAGE
from minzheng.demo.county.cared import write_cared
from minzheng.demo.county.elder_network import write_elder_network
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Complaint, Order


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
    Facility.objects.bulk_create(
        Facility(kind=kind, name=kind, region_id=VILLAGE, opened_on=dt.date(2020, 1, 1))
        for kind in ("day_care", "mutual_aid", "elder_home")
    )
    write_cared(dt.date.today())
    write_elder_network(dt.date.today())
    assert all(one.objects.exists() for one in (Duty, Trainee, Inspection, Estate, Clue, Complaint))
    assert [one.objects.count() for one in (Assessment, CareBed, Renovation)] == [40, 6, 3]
    assert {"asked", "accepted", "done", "confirmed", "cancelled"} == set(
        Order.objects.values_list("state", flat=True)
    )
