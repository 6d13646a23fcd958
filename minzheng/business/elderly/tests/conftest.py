"""An elder whom several benefits and services meet."""

import datetime as dt

import pytest

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.foundation.people.models import FactSheet, Household, Membership, Person


def graded(person, cast, level, on=dt.date(2026, 4, 1)):
    return Assessment.objects.create(
        person=person, region=person.region, reason="首次评估", assessed_on=on,
        valid_until=on + dt.timedelta(days=364), selfcare=20, movement=10, mind=15, senses=10, points=55,
        first_level=2, level=level, assessor=cast["clerk"].person, second=cast["clerk2"].person,
        supervisor=cast["reviewer"].person,
    )  # fmt: skip


@pytest.fixture
def elder(cast):
    """杨秀英 at 80, in a family of one on dibao, moderately disabled since spring."""
    person = Person.objects.get(pk=cast["xiuying"].person_id)
    person.birth_date = dt.date(1946, 3, 8)
    person.save()
    home = Household.objects.create(
        region=person.region, category="rural", head=person, since=dt.date(2015, 1, 1)
    )
    Membership.objects.create(household=home, person=person, relation="户主", since=home.since)
    FactSheet.objects.create(
        person=person, values={"on_dibao": True}, source="核对", since=dt.date(2026, 1, 1)
    )
    graded(person, cast, 2)
    return person
