import datetime as dt

import pytest

from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf

COUNTY, TOWNSHIP, VILLAGE = "431227000000", "431227107000", "431227107203"
TODAY = dt.date(2026, 11, 20)


def content(person, on):
    rows = (("姓名", person.name), ("住址", "新晃侗族自治县晃洲镇新村"), ("备注", "#强制 *标记* $x$ <b>"))
    return Content(
        person=person.pk, name=person.name, rows=rows, public=(), valid_until=dt.date(2027, 11, 19)
    )


@pytest.fixture
def card():
    """A kind of certificate that no line declares."""
    word = Certificate(
        code="test_card", title="演示证", mark="演示", content=content, cite="测试", type_no="900"
    )
    shelf(Certificate).add(word, "tests")
    yield word
    shelf(Certificate)._found.pop("test_card")


@pytest.fixture
def issuer(regions):
    return Issuer.objects.create(
        region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W"
    )


@pytest.fixture
def holder(regions):
    return Person.objects.create(name="杨㛃𬭛", region_id=VILLAGE)
