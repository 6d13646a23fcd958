"""S-143: old paper records come in, one by one or from a sheet; what contradicts what is known is marked as disputed."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.db import IntegrityError, transaction

from minzheng.business.marriage.actions import couple_of
from minzheng.business.marriage.models import Kind, Registration, Registry, Source
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.workbooks import check_workbook
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number, tidy
from minzheng.foundation.people.models import Person

HEADS = (
    ("kind", "类别（结婚登记或离婚登记）"),
    ("number", "字号"),
    ("registered_on", "登记日期"),
    ("man_name", "男方姓名"),
    ("man_id_no", "男方身份证号"),
    ("woman_name", "女方姓名"),
    ("woman_id_no", "女方身份证号"),
    ("box_no", "档案盒号"),
)
KINDS = {"结婚登记": Kind.MARRIAGE, "离婚登记": Kind.DIVORCE, "J": Kind.MARRIAGE, "L": Kind.DIVORCE}
MOST_ROWS = 5000
SHOWN_PROBLEMS = 50


@dataclass(frozen=True)
class Imported:
    entered: int
    disputed: int


@action(
    "marriage.enter_old",
    "补录婚姻档案",
    permission="marriage.write",
    region=lambda row: row.registry.region_id,
    persons=couple_of,
)
def enter_old_record(access: Any, row: Registration) -> Registration:
    """One record as its paper says it; it proves nothing until a second person has verified it."""
    if Registration.objects.filter(number=row.number).exists():
        raise Refused({"number": "登记簿里已经有这个字号，请核对档案，不要重复录入。"})
    known = {
        one.id_no: one
        for one in Person.objects.filter(id_no__in=[n for n in (row.man_id_no, row.woman_id_no) if n])
    }
    prepare(row, access, known)
    row.save(force_insert=True)
    return row


@action("marriage.import_old", "导入婚姻档案", permission="marriage.write")
def import_old_records(access: Any, registry: Registry, sheet: Any) -> Imported:
    """A whole sheet or nothing: every row that cannot be read is named. Set-based: a few queries whatever its length."""
    rows = _rows(registry, sheet, access.today)
    numbers = [row.number for row in rows]
    taken = set(Registration.objects.filter(number__in=numbers).values_list("number", flat=True))
    problems = [
        f"第{at}行：字号 {row.number} 已在登记簿里。" for at, row in enumerate(rows, 2) if row.number in taken
    ]
    problems += [
        f"字号 {one} 在表里出现不止一次。" for one in sorted({n for n in numbers if numbers.count(n) > 1})
    ]
    if problems:
        raise Refused(problems[:SHOWN_PROBLEMS])
    wanted = [number for row in rows for number in (row.man_id_no, row.woman_id_no) if number]
    known = {one.id_no: one for one in Person.objects.filter(id_no__in=wanted)}
    for row in rows:
        prepare(row, access, known)
    try:
        with transaction.atomic():
            Registration.objects.bulk_create(rows, batch_size=500)
    except IntegrityError:
        raise Refused("有字号刚刚被另一位工作人员录入。请去掉重复的行再导入。") from None
    return Imported(len(rows), sum(row.source == Source.DISPUTED for row in rows))


@action("marriage.scan", "上传档案扫描件", permission="marriage.write", persons=couple_of)
def attach_scan(access: Any, registration: Registration, scan: Document | None) -> None:
    if scan is None:
        raise Refused({"scan": "请选择扫描件。"})
    if registration.source not in {Source.ENTERED, Source.DISPUTED}:
        raise Refused("这份档案已经核对过，不能再换扫描件。")
    registration.declaration = scan
    registration.save(update_fields=["declaration"])


def prepare(row: Registration, access: Any, known: dict[str | None, Person]) -> None:
    """Who entered it, whom it is about, and what speaks against it."""
    row.region_id, row.registrar, row.source = row.registry.region_id, access.user, Source.ENTERED
    doubts = []
    for side, word in (("man", "男方"), ("woman", "女方")):
        number, name = getattr(row, f"{side}_id_no"), getattr(row, f"{side}_name")
        person = known.get(number) if number else None
        setattr(row, side, person)
        if person is not None and person.name != name:
            doubts.append(f"{word}姓名与人员台账不符")
        if person is not None and person.birth_date and person.birth_date >= _date(row.registered_on):
            doubts.append(f"{word}登记日期早于出生")
    if doubts:
        row.source, row.remark = Source.DISPUTED, "；".join(doubts)


def template() -> bytes:
    """An empty sheet with its heads."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "婚姻档案"
    page.append([head for _, head in HEADS])
    for column in "ABCDEFGH":
        page.column_dimensions[column].width = 24
        for cell in page[column]:
            cell.number_format = "@"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _rows(registry: Registry, sheet: Any, today: dt.date) -> list[Registration]:
    if sheet is None:
        raise Refused("请选择要导入的 Excel 文件。")
    check_workbook(sheet)
    page = openpyxl.load_workbook(sheet, read_only=True, data_only=True).active
    lines = [line for line in page.iter_rows(min_row=2, max_col=len(HEADS), values_only=True) if any(line)]
    if not lines:
        raise Refused("表里没有内容。请按模板从第二行起填写。")
    if len(lines) > MOST_ROWS:
        raise Refused(f"一次最多导入{MOST_ROWS}行，请分成几个文件。")
    read, problems = [], []
    for at, line in enumerate(lines, 2):
        try:
            read.append(_row(registry, line, today))
        except ValueError as error:
            problems.append(f"第{at}行：{error}")
    if problems:
        raise Refused(problems[:SHOWN_PROBLEMS])
    return read


def _row(registry: Registry, line: tuple[Any, ...], today: dt.date) -> Registration:
    """Raises ValueError with what to mend."""
    said = {
        key: str(value).strip() if value is not None else ""
        for (key, _), value in zip(HEADS, line, strict=False)
    }
    if said["kind"] not in KINDS:
        raise ValueError("类别要写“结婚登记”或“离婚登记”。")
    for key, word in (("number", "字号"), ("man_name", "男方姓名"), ("woman_name", "女方姓名")):
        if not said[key]:
            raise ValueError(f"没有填写{word}。")
    for key in ("man_id_no", "woman_id_no"):
        if said[key]:
            try:
                said[key] = parse_id_number(tidy(said[key]), today).number
            except IdNumberError as error:
                raise ValueError(str(error)) from None
    try:
        on = dt.date.fromisoformat(said["registered_on"][:10].replace("/", "-"))
    except ValueError:
        raise ValueError("登记日期请写成 1998-05-20 这样。") from None
    if on > today:
        raise ValueError("登记日期晚于今天。")
    return Registration(registry=registry, **said | {"kind": KINDS[said["kind"]], "registered_on": on})


def _date(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
