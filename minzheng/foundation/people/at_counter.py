"""Whoever stands at a counter with a document: the master record of that person, found or begun (DC8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region

ID_CARD = "居民身份证"


@dataclass(frozen=True)
class Identity:
    """As the document says it. Sex and birth date are typed only where there is no Chinese identity number."""

    name: str
    number: str
    document: str = ID_CARD
    sex: str = ""
    birth_date: dt.date | None = None


def _code(region: Region) -> str:
    return region.code


@action("person.at_counter", "登记到场的当事人", region=_code)
def person_at_counter(access: Any, region: Region, said: Identity) -> Person:
    """Refused when name and number belong to two people. The line's own action judges who may do this."""
    if said.document != ID_CARD:
        if not said.sex or said.birth_date is None:
            raise Refused("持护照、通行证的，请填写性别和出生日期。")
        return Person.objects.create(
            name=said.name, sex=said.sex, birth_date=said.birth_date, region_id=region.code
        )
    try:
        read = parse_id_number(said.number, access.today)
    except IdNumberError as error:
        raise Refused(f"{said.name}：{error}") from None
    found = person_with(read.number)
    if found is None:
        return Person.objects.create(
            name=said.name, id_no=read.number, sex=read.sex, birth_date=read.birth_date, region_id=region.code
        )
    if found.name != said.name:
        raise Refused(f"{said.name}的身份证号登记的是另一个姓名，请用读卡器重读或对照身份证核对。")
    return found
