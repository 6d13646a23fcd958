"""Cleaned answers in words: for check-your-answers, the case page and print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.foundation.forms.questions import Question
from minzheng.foundation.people.masking import mask_account, mask_id_no, mask_phone

PERIODS = {"month": "每月", "year": "每年"}
MASKS: dict[str, Callable[[str], str]] = {
    "id_no": mask_id_no,
    "phone": mask_phone,
    "bank_account": mask_account,
}


def show_money(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}元"


def show_date(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def show(question: Question, value: Any, *, masked: bool = True) -> str:
    """One cleaned answer in words; numbers of persons and accounts masked unless told otherwise.

    Files are counted only: whoever shows them links to the documents themselves.
    """
    if value is None or value == []:
        return "没有填写"
    if masked and question.kind in MASKS:
        return MASKS[question.kind](str(value))
    match question.kind:
        case "money":
            return show_money(value)
        case "money_flow":
            return f"{PERIODS[value['period']]}{show_money(value['fen'])}"
        case "date":
            return show_date(dt.date.fromisoformat(value))
        case "month":
            year, month = value.split("-")
            return f"{year}年{int(month)}月"
        case "yes_no":
            return "是" if value else "否"
        case "agree":
            return "已同意"
        case "choice" | "choices":
            return _chosen(question, value if isinstance(value, list) else [value])
        case "region":
            return _region(value)
        case "file" | "files":
            return f"{len(value)}个文件"
    return f"{value}{question.unit}"


def _chosen(question: Question, values: list[Any]) -> str:
    labels = dict(question.options)
    return "、".join(str(labels.get(value, value)) for value in values)


def _region(code: str) -> str:
    from minzheng.foundation.regions.models import Region

    region = Region.objects.filter(code=code).first()
    return region.full_name if region else code
