"""A station in 新晃 with a few beds, and people who come to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.rescue.intake import take_in
from minzheng.business.rescue.models import MissingReport, Stay
from minzheng.business.rescue.searching import report_missing
from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.id_numbers import check_character

VILLAGE, COUNTY = "431227107203", "431227000000"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def id_no(born: str = "19560301", sequence: str = "311") -> str:
    first = f"431227{born}{sequence}"
    return first + check_character(first)


def station(**counts: int) -> Facility:
    beds = {"men": 3, "women": 2, "boys": 1, "girls": 1} | counts
    return Facility.objects.create(
        kind="rescue_station", name="新晃县救助管理站", region_id=VILLAGE, counts=beds, opened_on=day("2010-01-01"),
        phone="07456222345",
    )  # fmt: skip


def stay(access: Any, at: Facility, *, id_no: str = "", **facts: Any) -> Stay:
    """Somebody unknown who is brought by the police today, unless said otherwise."""
    given = {
        "called": "无名氏一号", "sex": "1", "age": 70, "features": "左脸有疤，缺两颗门牙，穿蓝布衫", "dialect": "湘西口音",
        "source": "police", "brought_by": "晃洲派出所", "found_on": access.today, "found_at": "晃洲镇汽车站",
        "stated_home": "", "need": "lost", "arrived_on": access.today, "told_by": "两名工作人员见证",
    }  # fmt: skip
    return take_in(access, Stay(station=at, region_id=at.region_id, **(given | facts)), id_no=id_no)


def missing(access: Any, **facts: Any) -> MissingReport:
    given = {
        "name": "杨老汉", "id_no": id_no(), "sex": "1", "birth_year": 1956, "lost_on": day("2026-09-28"),
        "lost_at": "芷江县城汽车站", "home": "芷江县罗旧镇", "features": "左脸有疤，驼背", "dialect": "湘西口音",
        "source": "family", "reporter_name": "杨小妹", "reporter_relation": "子女", "reporter_phone": "13974512340",
    }  # fmt: skip
    return report_missing(access, MissingReport(region_id=VILLAGE, **(given | facts)))


def picture_of(access: Any, name: str, content_type: str = "image/jpeg") -> Document:
    return Document.objects.create(
        kind="照片", name=name, content_type=content_type, uploaded_by=access.user, size=1, sha256="0" * 64
    )
