"""杨秀英's family, the one that the guide walks through: three people, 1020 yuan a month, 630.00 due (EX01)."""

from __future__ import annotations

import datetime as dt

from minzheng.demo.cast import VILLAGE
from minzheng.demo.county.families import AS_OF
from minzheng.demo.county.livelihood import NO_PROPERTY, NOTHING, YUAN
from minzheng.demo.county.load import SHARED
from minzheng.demo.county.numbers import luhn_digit
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Category, FactSheet, Household, Membership, Person

SINCE = dt.date(2012, 1, 1)
HUSBAND, CHILD = "43122719750110003", "43122720100605004"
ACCOUNT = "623090000000000001"


def write_guide_family(wife: Person) -> Household:
    """The household with its facts; the wife is the cast's 杨秀英."""
    wife.phone, wife.bank_name = "14400001234", "湖南农村商业银行"
    wife.bank_account = ACCOUNT + luhn_digit(ACCOUNT)
    wife.address = "3组"
    wife.save()
    husband = _person("吴永贵", HUSBAND, "1", dt.date(1975, 1, 10))
    child = _person("吴小宝", CHILD, "2", dt.date(2010, 6, 5))
    household = Household.objects.create(
        region_id=VILLAGE, category=Category.URBAN, head=wife, address=wife.address, since=SINCE
    )
    _sheet(household=household, **dict.fromkeys(NO_PROPERTY, 0) | {"deposits": 2000 * YUAN, "houses": 1})
    members = (
        (wife, "户主", {"wage": 1020 * 12 * YUAN, "labour_ability": "有", "employed": True}),
        (
            husband,
            "配偶",
            {
                "labour_ability": "无",
                "employed": False,
                "disability_type": "肢体",
                "disability_grade": "三级",
            },
        ),
        (child, "女", {"full_time_study": True, "education": "高中或中职"}),
    )
    for order, (person, relation, facts) in enumerate(members):
        Membership.objects.create(
            household=household, person=person, relation=relation, order=order, since=SINCE
        )
        _sheet(person=person, **dict.fromkeys(NOTHING, 0) | facts)
    return household


def _person(name: str, first_17: str, sex: str, born: dt.date) -> Person:
    number = first_17 + check_character(first_17)
    return Person.objects.create(
        id_no=number, name=name, sex=sex, birth_date=born, ethnic="12",
        region_id=VILLAGE, hukou_region_id=VILLAGE, address="3组",
    )  # fmt: skip


def _sheet(*, person: Person | None = None, household: Household | None = None, **facts: object) -> None:
    FactSheet.objects.create(person=person, household=household, values=facts, source=SHARED, since=AS_OF)
