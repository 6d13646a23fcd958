"""Families whose amount can be worked out on paper: one person in the country, with a wage and nothing else.

Rural standard of the demo set: 4300元/年, so the family gets (430 000 fen − wage) ÷ 12, rounded to the fen.
"""

import datetime as dt

from minzheng.datacenter.simulation.reform import read_reform
from minzheng.foundation.people.models import Category, FactSheet, Household, Membership, Person
from minzheng.foundation.rules import default_counter

ON = dt.date(2026, 10, 1)
SINCE = dt.date(2026, 1, 1)
VILLAGE, OTHER_VILLAGE = "431227107203", "431227101200"
NOTHING = {
    "deposits": 0,
    "securities": 0,
    "insurance_value": 0,
    "claims": 0,
    "internet_finance": 0,
    "houses": 1,
    "cars": 0,
}
NO_INCOME = {
    "business_income": 0,
    "property_income": 0,
    "resident_pension": 0,
    "transfer_received": 0,
    "other_income": 0,
    "labour_ability": "无",
    "employed": False,
}  # fmt: skip


def family(wage, village=VILLAGE, category=Category.RURAL, birth=dt.date(1980, 5, 1), grade=None, **property):
    """`wage` in fen a year; None is not known."""
    person = Person.objects.create(name="某人", region_id=village, sex="1", birth_date=birth)
    home = Household.objects.create(region_id=village, category=category, head=person, since=SINCE)
    Membership.objects.create(household=home, person=person, relation="户主", since=SINCE)
    said = (
        NO_INCOME | ({} if wage is None else {"wage": wage}) | ({"disability_grade": grade} if grade else {})
    )
    for subject, values in ({"person": person}, said), ({"household": home}, NOTHING | property):
        FactSheet.objects.create(**subject, values=values, source="核对", since=SINCE)
    return home


def families(count, wage, *args, **more):
    for _ in range(count):
        family(wage, *args, **more)


def reform_of(region="431227", since="2026-10-01", **changes):
    document = {
        "title": "农村低保标准调整",
        "base": "demo",
        "region": region,
        "from": since,
        "changes": changes or {"dibao_rural": "4800元/年"},
    }
    return read_reform(document, default_counter())
