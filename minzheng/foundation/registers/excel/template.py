"""The empty sheet to fill in: notes on every head, lists to choose from, numbers kept as text."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel.fields import Villages, import_questions
from minzheng.foundation.registers.excel.sheets import TEXT, add_notes, head_cell, new_book, to_bytes

LAST_ROW = 50_001
VILLAGE_SHEET = "村（社区）"
HINTS = {
    "date": "日期，如 2026-11-02",
    "month": "月份，如 2026-11",
    "money": "金额，单位元，最多到分，如 1020.50",
    "number": "数字",
    "id_no": "18位公民身份号码；单元格已设为文本，请不要改成数字",
    "bank_account": "12至24位数字；单元格已设为文本，请不要改成数字",
    "phone": "11位手机号码，或带区号的座机号码",
    "yes_no": "填“是”或“否”",
    "region": f"从下拉列表选，或从“{VILLAGE_SHEET}”页复制",
}


def note_of(question: Question) -> str:
    """What stands in the note on a column's head."""
    parts = ["必填" if question.required else "选填", question.hint or HINTS.get(question.kind, "")]
    if question.options:
        parts.append("只能填：" + "、".join(str(label) for _, label in question.options))
    return "。".join(part.rstrip("。") for part in parts if part) + "。"


def template(register: Register, access: Access) -> bytes:
    """An .xlsx with the register's columns, an instruction sheet and the villages of the user's own regions."""
    questions = list(import_questions(register).values())
    villages = Villages(access, register.write)
    with new_book() as book:
        sheet = book.create_sheet(register.title)
        sheet.freeze_panes = "A2"
        for number, question in enumerate(questions, start=1):
            letter = get_column_letter(number)
            column = sheet.column_dimensions[letter]
            column.width = 42 if question.kind == "region" else max(14, len(question.label) * 2 + 6)
            column.number_format = TEXT
            if choices := _list_of(question, len(villages.full_names)):
                rule = DataValidation("list", formula1=choices, allow_blank=True, showErrorMessage=True)
                rule.error, rule.errorTitle = "请从下拉列表里选。", question.label
                rule.add(f"{letter}2:{letter}{LAST_ROW}")
                sheet.data_validations.append(rule)
        heads = []
        for question in questions:
            head = head_cell(sheet, question.label + ("*" if question.required else ""))
            head.comment = Comment(note_of(question), "民政", width=280, height=120)
            heads.append(head)
        sheet.append(heads)
        add_notes(book, "填写说明", _instructions(register, questions))
        add_notes(book, VILLAGE_SHEET, ((name, code) for code, name in villages.lines()))
        return to_bytes(book)


def _list_of(question: Question, villages: int) -> str:
    """The source of a column's list; Excel takes at most 255 characters written out."""
    if question.kind == "region" and villages:
        return f"'{VILLAGE_SHEET}'!$A$1:$A${villages}"
    labels = ["是", "否"] if question.kind == "yes_no" else [str(label) for _, label in question.options]
    written = f'"{",".join(labels)}"'
    return written if labels and len(written) <= 255 and question.kind != "choices" else ""


def _instructions(register: Register, questions: list[Question]) -> list[tuple[str, str]]:
    keys = (
        "、".join(register.questions[key].label for key in register.imports.key) if register.imports else ""
    )
    lines = [
        ("怎么填", f"在“{register.title}”页从第2行起，一行填一条；带 * 的列必填。不要改第一行的列名。"),
        ("已有的记录", f"{keys}相同的，视为同一条，只改填了内容的格子；空着的格子不改动已有内容。"),
        ("一次多少", f"最多 {LAST_ROW - 1:,} 行，文件不超过 10 MB；再多请分成几个文件。"),
        ("上传以后", "系统先逐行核对，把有问题的行和原因列出来；您确认以前，什么也不会保存。"),
    ]
    if register.imports and register.imports.note:
        lines.append(("请注意", register.imports.note))
    return [*lines, ("", ""), *[(question.label, note_of(question)) for question in questions]]
