"""Files that go back: the rows with a problem and why, and an empty sample of a format."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.datacenter.deliveries.models import Delivery, RowState
from minzheng.datacenter.deliveries.words import Absent, FileFormat
from minzheng.foundation.registers.columns import harmless
from minzheng.foundation.registers.excel.sheets import add_notes, new_book, start_sheet, to_bytes

KINDS = {
    "id_no": "18位，单元格设为文本", "date": "如 2026-10-05 或 20261005", "money": "元，最多两位小数", "number": "整数",
}  # fmt: skip


def rejected_rows(delivery: Delivery, form: FileFormat) -> bytes:
    """An .xlsx of the rejected rows as they stood in the file, each with its number and what is wrong."""
    with new_book() as book:
        headers = [column.header for column in form.columns]
        sheet = start_sheet(
            book, form.title[:30], ["原行号", *headers, "要改的地方"], [10, *[18] * len(headers), 60]
        )
        rows = delivery.lines.filter(state=RowState.REJECTED).order_by("number")
        for number, typed, problems in rows.values_list("number", "typed", "problems").iterator(2000):
            said = "；".join(f"{header}：{text}" for header, text in problems)
            sheet.append([number, *(harmless(typed.get(key, "")) for key in form.keys), harmless(said)])
        return to_bytes(book)


def sample(form: FileFormat) -> bytes:
    """An empty .xlsx with the headers, and a sheet that explains them."""
    with new_book() as book:
        start_sheet(book, form.title[:30], [f"{c.header}*" if c.required else c.header for c in form.columns])
        add_notes(book, "说明", _notes(form))
        return to_bytes(book)


def _notes(form: FileFormat) -> Iterator[tuple[str, str]]:
    yield "来源部门", form.department
    yield "依据", form.cite
    yield "用途", "、".join(purpose.label for purpose in form.purposes)
    yield "没有列出的人", form.absent.value
    if form.absent is Absent.NONE:
        yield "注意", "必须送全县的完整名单，不能只送变动。"
    yield "文件", "CSV（UTF-8 或 GB18030）或 .xlsx；带 * 的列必填，列的次序不限，多余的列不读。"
    for column in form.columns:
        hint = "、".join(dict.fromkeys(column.values)) or KINDS.get(column.kind, "")
        also = f"（也可写作：{'、'.join(column.aliases)}）" if column.aliases else ""
        yield column.header, f"{hint}{also}{column.help}"
