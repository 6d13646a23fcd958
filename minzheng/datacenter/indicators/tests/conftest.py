"""A few families whose numbers one can count by hand."""

import datetime as dt

import pytest

from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.people.models import Category, Household, Membership, Person

SINCE = dt.date(2026, 3, 1)
VILLAGE, OTHER = "431227107203", "431227101200"


@pytest.fixture
def family(regions):
    """`family(VILLAGE, members=2, fen=50_000)` → a household on dibao since March 2026, with its right."""

    def make(
        region=VILLAGE, *, members=1, fen=50_000, category=Category.RURAL, since=SINCE, until=None, **right
    ):
        number = Person.objects.count()
        people = [
            Person.objects.create(
                name=f"某{number + n}",
                region_id=region,
                bank_name="农商行",
                bank_account=f"62309{number + n:08d}",
            )
            for n in range(members)
        ]
        home = Household.objects.create(region_id=region, category=category, head=people[0], since=since)
        for person in people:
            Membership.objects.create(household=home, person=person, relation="本人", since=since)
        granted = Entitlement.objects.create(
            benefit="dibao", household=home, person=people[0], payee=people[0], region_id=region,
            since_month=since, until_month=until, **right,
        )  # fmt: skip
        EntitlementAmount.objects.create(
            entitlement=granted,
            from_month=since,
            amount_fen=fen,
            reason="grant",
            cite="测试",
            decided_on=since,
        )
        return granted

    return make
