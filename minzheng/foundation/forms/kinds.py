"""Each kind of answer: how typed text becomes a JSON value, and how the value is read aloud again.

| kind | cleaned value |
|---|---|
| text, long_text, name, phone, bank_account | text, tidied |
| id_no | 18 characters |
| date / month | "2026-11-02" / "2026-11" |
| number | int, or float when `decimals` |
| money | int, whole fen; typed text is yuan, an int is already fen |
| money_flow | {"fen": int, "period": "month" or "year"}; typed {"amount": "1020", "period": "month"} |
| choice / choices | a value of `options` / a list of them |
| yes_no / agree | True or False / True |
| region | 12-digit code of a village or community |
| file / files | a list of Document ids |

Every parser accepts its own cleaned value, so cleaning twice changes nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from minzheng.foundation.forms.questions import Question
from minzheng.foundation.forms.showing import PERIODS, show_date, show_money
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number

NONE = "none"  # the option of a choices question that excludes all the others
TRUE, FALSE = {"true", "yes", "1", "on", "是"}, {"false", "no", "0", "否"}


class Problem(ValueError):
    """This answer cannot stand; the text says what to do."""


def _tidy(value: Any) -> str:
    """Half-width, no blanks: for everything that is numbers and dates."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def _without_control_characters(text: str) -> str:
    """PostgreSQL stores no NUL, and nobody types the others on purpose; line breaks stay."""
    return "".join(character for character in text if character == "\n" or character.isprintable())


def _text(question: Question, value: Any, today: dt.date) -> str:
    text = _without_control_characters(str(value).replace("\r\n", "\n")).strip()
    longest = question.max or (2000 if question.kind == "long_text" else 120)
    if len(text) > longest:
        raise Problem(f"最多{longest}个字，您写了{len(text)}个字，请缩短一些。")
    if question.min and len(text) < question.min:
        raise Problem(f"请至少写{question.min}个字。")
    return text


def _name(question: Question, value: Any, today: dt.date) -> str:
    name = _without_control_characters(" ".join(unicodedata.normalize("NFKC", str(value)).split()))
    name = name.replace("•", "·")
    if any(character.isdigit() for character in name):
        raise Problem("姓名里不应有数字，请按身份证上的姓名填写。")
    if not 2 <= len(name) <= 60:
        raise Problem("请填写身份证上的完整姓名。")
    return name


def _id_no(question: Question, value: Any, today: dt.date) -> str:
    try:
        return parse_id_number(str(value), today).number
    except IdNumberError as error:
        raise Problem(str(error)) from None


def _phone(question: Question, value: Any, today: dt.date) -> str:
    phone = _tidy(value).replace("-", "").removeprefix("+86")
    if not re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{9,11}", phone, re.ASCII):
        raise Problem("请填写11位手机号码，或带区号的座机号码，如 07456222345。")
    return phone


def _bank_account(question: Question, value: Any, today: dt.date) -> str:
    account = _tidy(value).replace("-", "")
    if not re.fullmatch(r"[0-9]{12,24}", account, re.ASCII):
        raise Problem("银行账号应是12至24位数字，请对照银行卡或存折核对。")
    return account


def _within_tense(
    question: Question, first_day: dt.date, last_day: dt.date, shown: str, today: dt.date
) -> None:
    if question.tense == "past" and first_day > today:
        raise Problem(f"{shown}还没有到，请填写今天或更早的日期。")
    if question.tense == "future" and last_day < today:
        raise Problem(f"{shown}已经过去，请填写今天或以后的日期。")


def _date(question: Question, value: Any, today: dt.date) -> str:
    text = _tidy(value)
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", text
    )
    date = _real_date(*(int(part) for part in parts.groups())) if parts else None
    if date is None:
        raise Problem("请填写真实的日期，如 2026-11-02 或 2026年11月2日。")
    _within_tense(question, date, date, show_date(date), today)
    return date.isoformat()


def _month(question: Question, value: Any, today: dt.date) -> str:
    text = _tidy(value)
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", text) or re.fullmatch(r"(\d{4})(\d{2})", text)
    first = _real_date(int(parts[1]), int(parts[2]), 1) if parts else None
    if first is None:
        raise Problem("请填写年份和月份，如 2026-11 或 2026年11月。")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    _within_tense(question, first, last, f"{first.year}年{first.month}月", today)
    return f"{first:%Y-%m}"


def _real_date(year: int, month: int, day: int) -> dt.date | None:
    """None for 30 February, and for years in which nobody concerned can have lived."""
    try:
        return dt.date(year, month, day) if 1850 <= year <= 2200 else None
    except ValueError:
        return None


def _decimal(value: Any) -> Decimal:
    text = _tidy(value).replace(",", "").removesuffix("元")
    if not re.fullmatch(r"-?\d{1,12}(\.\d+)?", text, re.ASCII):
        raise Problem("请只填数字，如 1020 或 1020.50；没有请填 0。")
    return Decimal(text)


def _number(question: Question, value: Any, today: dt.date) -> int | float:
    number = _decimal(value)
    if number != round(number, question.decimals):
        raise Problem("请填整数。" if not question.decimals else f"小数点后最多{question.decimals}位。")
    if question.min is not None and number < question.min:
        raise Problem(f"不能小于{question.min}，请核对。")
    if question.max is not None and number > question.max:
        raise Problem(f"不能大于{question.max}，请核对。")
    return float(number) if question.decimals else int(number)


def _money(question: Question, value: Any, today: dt.date) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        fen = value
    else:
        yuan = _decimal(value)
        if yuan != round(yuan, 2):
            raise Problem("金额最多到分（小数点后两位）。")
        fen = int(yuan * 100)
    if fen < 0 and (question.min is None or fen < question.min):
        raise Problem("金额不能是负数；没有请填 0，支出请填在支出一栏。")
    if question.min is not None and fen < question.min:
        raise Problem(f"不能少于{show_money(question.min)}，请核对。")
    if question.max is not None and fen > question.max:
        raise Problem(f"不能多于{show_money(question.max)}，请核对。")
    return fen


def _money_flow(question: Question, value: Any, today: dt.date) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Problem("请填写金额，并选择是每月还是每年。")
    period = value.get("period")
    if period not in PERIODS:
        raise Problem("请选择这个金额是每月的还是每年的。")
    amount = value["fen"] if "fen" in value else value.get("amount", "")
    return {"fen": _money(question, amount, today), "period": period}


def _choice(question: Question, value: Any, today: dt.date) -> Any:
    for offered, _label in question.options:
        if str(offered) == str(value):
            return offered
    raise Problem("请从列出的选项中选一个。")


def _choices(question: Question, value: Any, today: dt.date) -> list[Any]:
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    if chosen - {str(offered) for offered, _label in question.options}:
        raise Problem("请从列出的选项中选择。")
    if NONE in chosen and len(chosen) > 1:
        none = next(label for offered, label in question.options if offered == NONE)
        raise Problem(f"选了“{none}”，就不能再选别的。请留下一种。")
    return [offered for offered, _label in question.options if str(offered) in chosen]


def _yes_no(question: Question, value: Any, today: dt.date) -> bool:
    answer = str(value).strip().lower()
    if answer not in TRUE | FALSE:
        raise Problem("请选择“是”或“否”。")
    return answer in TRUE


def _agree(question: Question, value: Any, today: dt.date) -> bool:
    if str(value).strip().lower() not in TRUE:
        raise Problem("请阅读后勾选，表示您知道并同意；不同意就不能继续办理。")
    return True


def _region(question: Question, value: Any, today: dt.date) -> str:
    from minzheng.foundation.regions.models import Level, Region

    code = _tidy(value)
    if not Region.objects.on(today).filter(code=code, level=question.level).exists():
        what = "村或社区" if question.level == Level.VILLAGE else Level(question.level).label
        raise Problem(f"请从名单中选择所在的{what}。")
    return code


def _files(question: Question, value: Any, today: dt.date) -> list[int]:
    ids = value if isinstance(value, list | tuple) else [value]
    if question.kind == "file" and len(ids) > 1:
        raise Problem("这里只需一个文件，请留下一个。")
    if not all(str(one).isdecimal() for one in ids):
        raise Problem("文件没有传上来，请重新选择文件上传。")
    return [int(one) for one in ids]


PARSERS: dict[str, Callable[[Question, Any, dt.date], Any]] = {
    "text": _text, "long_text": _text, "name": _name, "id_no": _id_no, "phone": _phone,
    "bank_account": _bank_account, "date": _date, "month": _month, "number": _number,
    "money": _money, "money_flow": _money_flow, "choice": _choice, "choices": _choices,
    "yes_no": _yes_no, "agree": _agree, "region": _region, "file": _files, "files": _files,
}  # fmt: skip


def is_empty(value: Any) -> bool:
    """Nothing was answered. False, 0 and {"fen": 0, …} are answers."""
    if isinstance(value, dict):
        return is_empty(value.get("fen", value.get("amount")))
    return value is None or value == [] or value == () or (isinstance(value, str) and not value.strip())


def parse(question: Question, value: Any, today: dt.date) -> Any:
    """The JSON value of one answer; None when nothing was answered. Raises Problem."""
    if question.kind == "agree" and is_empty(value):
        value = False
    return None if is_empty(value) else PARSERS[question.kind](question, value, today)
