"""Case records out and in (S-165): a UTF-8 CSV with a head line, one line a case, and a line of control totals. docs/rescue.md."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from minzheng.business.rescue.models import CaseFile, OutsideCase, Stay
from minzheng.business.rescue.sources import CASES
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.exchange.models import Direction, Outcome
from minzheng.foundation.exchange.record import log
from minzheng.foundation.exchange.words import Purpose
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Sex

EXPORT = "rescue.export"
MARK, VERSION, TOTALS = "救助个案", "1", "合计"
MOST_BYTES = 5 * 1024 * 1024
AUTHORISATION = "社会救助法 第三十一条；救助管理信息系统数据交换"


@dataclass(frozen=True)
class CaseLines:
    """A file as it was read: station and days of its head, and its cases; the totals agree."""

    station: str
    since: dt.date
    until: dt.date
    rows: list[dict[str, str]]
    days: int
    sha256: str


@action("rescue.cases_out", "导出救助个案", permission=EXPORT)
def give_cases(access: Any, station: Facility, *, since: dt.date, until: dt.date) -> tuple[CaseFile, str]:
    """The file of one station's arrivals from `since` to `until`, and its entry in the log."""
    if since > until:
        raise Refused({"since": "开始日期在结束日期之后，请核对。"})
    stays = list(
        Stay.objects.filter(station=station, arrived_on__range=(since, until))
        .select_related("person")
        .order_by("arrived_on", "pk")
    )
    if not stays:
        raise Refused("这段时间没有人入站，没有可以导出的个案。")
    rows = [_row(one, access.today) for one in stays]
    text = write(station.name, since, until, rows)
    made = _keep(access, station, Direction.GIVEN, read(text), text)
    return made, text


@action("rescue.cases_in", "接收外站救助个案", permission=EXPORT)
def receive_cases(access: Any, station: Facility, *, content: bytes) -> CaseFile:
    """Take a file of another station. Refused as a whole when a total does not agree, or when it was taken before."""
    if len(content) > MOST_BYTES:
        raise Refused({"file": "文件超过5兆。请按较短的时段分成几个文件。"})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused({"file": "文件不是UTF-8编码。请向对方要约定格式的文件，不要用表格软件另存。"}) from None
    lines = read(text)
    if CaseFile.objects.filter(
        region_id=station.region_id, direction=Direction.RECEIVED, sha256=lines.sha256
    ).exists():
        raise Refused({"file": "这个文件已经接收过，没有重复登记。"})
    made = _keep(access, station, Direction.RECEIVED, lines, text)
    OutsideCase.objects.bulk_create(_case(made, row) for row in lines.rows)
    return made


def write(station: str, since: dt.date, until: dt.date, rows: list[dict[str, str]]) -> str:
    """Head, columns, cases, totals: records, distinct people with a number, days, digest of the cases."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([MARK, VERSION, station, since.isoformat(), until.isoformat()])
    sheet.writerow(CASES.keys)
    body = [[row[key] for key in CASES.keys] for row in rows]
    sheet.writerows(body)
    sheet.writerow([TOTALS, *_totals(body)])
    return out.getvalue()


def _totals(body: list[list[str]]) -> list[str]:
    at = {key: place for place, key in enumerate(CASES.keys)}
    people = {row[at["id_no"]] for row in body if row[at["id_no"]]}
    days = sum(int(row[at["days"]]) for row in body)
    digest = hashlib.sha256("\n".join("\t".join(row) for row in body).encode()).hexdigest()
    return [str(len(body)), str(len(people)), str(days), digest]


def read(text: str) -> CaseLines:
    """Raises Refused and says which line or which total does not agree."""
    lines = [line for line in csv.reader(io.StringIO(text)) if line]
    if len(lines) < 3 or lines[0][:2] != [MARK, VERSION] or len(lines[0]) != 5:
        raise Refused({"file": "这不是约定格式的救助个案文件。第一行应是“救助个案,1,救助站,起,止”。"})
    if lines[1] != list(CASES.keys):
        raise Refused({"file": f"列名不对，应依次是：{'、'.join(CASES.keys)}。"})
    *body, totals = lines[2:]
    for number, row in enumerate(body, 3):
        _check(number, row)
    named = ("记录数", "人数", "在站天数", "校验值")
    for name, stated, counted in zip(named, totals[1:], _totals(body), strict=False):
        if stated != counted:
            raise Refused(
                {"file": f"合计行的{name}是{stated}，按明细算是{counted}。文件不完整或被改动，请对方重发。"}
            )
    if totals[0] != TOTALS or len(totals) != 5:
        raise Refused({"file": "末行不是合计，文件可能没有传完。请对方重发。"})
    since, until = _day(1, lines[0][3]), _day(1, lines[0][4])
    rows = [dict(zip(CASES.keys, row, strict=True)) for row in body]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return CaseLines(lines[0][2][:100], since, until, rows, int(totals[3]), digest)


def _check(number: int, row: list[str]) -> None:
    if len(row) != len(CASES.keys):
        raise Refused({"file": f"第{number}行有{len(row)}列，应有{len(CASES.keys)}列。请对方重发。"})
    given = dict(zip(CASES.keys, row, strict=True))
    if not given["number"] or not given["name"] or given["sex"] not in (Sex.MALE, Sex.FEMALE):
        raise Refused({"file": f"第{number}行缺少救助编号、姓名或性别（1男2女）。"})
    if not given["age"].isdecimal() or not given["days"].isdecimal():
        raise Refused({"file": f"第{number}行的年龄、在站天数应是整数。"})
    arrived = _day(number, given["arrived_on"])
    if given["left_on"] and _day(number, given["left_on"]) < arrived:
        raise Refused({"file": f"第{number}行的离站日期早于入站日期。"})
    if given["id_no"]:
        try:
            parse_id_number(given["id_no"], dt.date.max)
        except IdNumberError:
            raise Refused({"file": f"第{number}行的身份证号不对，请对方核对。"}) from None


def _day(number: int, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refused({"file": f"第{number}行的日期“{text[:20]}”不对，应如 2026-11-02。"}) from None


def _row(stay: Stay, today: dt.date) -> dict[str, str]:
    return {
        "number": stay.number,
        "name": stay.called,
        "id_no": (stay.person.id_no or "") if stay.person else "",
        "sex": stay.sex,
        "age": str(stay.age),
        "arrived_on": stay.arrived_on.isoformat(),
        "left_on": stay.left_on.isoformat() if stay.left_on else "",
        "way": stay.get_way_display() if stay.way else "",
        "home": stay.stated_home,
        "days": str(stay.days(today)),
    }


def _case(file: CaseFile, row: dict[str, str]) -> OutsideCase:
    return OutsideCase(
        file=file, region_id=file.region_id, number=row["number"][:30], name=row["name"][:60], id_no=row["id_no"],
        sex=row["sex"], age=int(row["age"]), arrived_on=row["arrived_on"], left_on=row["left_on"] or None,
        way=row["way"][:30], home=row["home"][:120],
    )  # fmt: skip


def _keep(access: Any, station: Facility, direction: Direction, lines: CaseLines, text: str) -> CaseFile:
    call = log(
        CASES, Purpose.RECORDS if direction == Direction.RECEIVED else Purpose.SERVICE, CASES.keys,
        direction=direction, region=station.region, persons_count=len({r["id_no"] for r in lines.rows if r["id_no"]}),
        authorisation=AUTHORISATION, outcome=Outcome.ANSWERED, requester=access.user, records=len(lines.rows),
        size=len(text.encode()), period=(lines.since, lines.until),
    )  # fmt: skip
    return CaseFile.objects.create(
        region_id=station.region_id, direction=direction, station=lines.station, sha256=lines.sha256, records=len(lines.rows),
        days=lines.days, since=lines.since, until=lines.until, call=call, by=access.user,
    )  # fmt: skip
