"""A few families of one village, and files about them as a department would send them."""

import datetime as dt

import pytest

from minzheng.datacenter.deliveries.actions import deliver
from minzheng.datacenter.deliveries.load import load_delivery
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import FactSheet, Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

TODAY, MONTH = dt.date(2026, 11, 20), dt.date(2026, 10, 1)
VILLAGE = "431227107203"
COUNTY = "431227000000"


def number(place, born="19500101"):
    first_17 = f"431227{born}{700 + place:03d}"
    return first_17 + check_character(first_17)


@pytest.fixture
def people(regions):
    """Six people, two a household: 杨一福…; born on the first of January 1950 to 1955."""
    made = []
    for place, name in enumerate(("杨一福", "吴二妹", "姚三元", "蒲四香", "龙五生", "田六英")):
        born = dt.date(1950 + place, 1, 1)
        made.append(
            Person.objects.create(
                name=name, id_no=number(place, f"{born:%Y%m%d}"), sex="1", birth_date=born, region_id=VILLAGE,
                address=f"{place + 1}组",
            )
        )  # fmt: skip
    for head, spouse in zip(made[::2], made[1::2], strict=True):
        household = Household.objects.create(
            region_id=VILLAGE, category="rural", head=head, since=dt.date(2012, 1, 1)
        )
        for order, (person, relation) in enumerate(((head, "户主"), (spouse, "配偶"))):
            household.memberships.create(
                person=person, relation=relation, order=order, since=dt.date(2012, 1, 1)
            )
    return made


@pytest.fixture
def send(access, people, settings, tmp_path):
    """send("file.vehicles", "身份证号,…\\n…", month=…) → the delivery, loaded."""
    settings.MEDIA_ROOT = tmp_path

    def sent(code, text, month=MONTH, by="reviewer", encoding="utf-8", **options):
        content = text if isinstance(text, bytes) else text.encode(encoding)
        form, region = shelf(FileFormat).get(code), Region.objects.get(code=COUNTY)
        similar = options.pop("similar", False)
        made = deliver(access(by, TODAY), form, region, month, content, "送来的文件.csv", **options)
        return load_delivery(made.pk, TODAY, similar=similar)

    return sent


def said_of(subject):
    """[(values, since, until)] of the sheets about a person or household, the oldest first."""
    sheets = FactSheet.objects.filter(**{type(subject)._meta.model_name: subject}).order_by("id")
    return [(sheet.values, sheet.since, sheet.until) for sheet in sheets]
