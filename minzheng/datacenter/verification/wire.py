"""The format MZ-HD-1 in which departments are asked and answer (docs/verification.md). No database, no network."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from minzheng.foundation.exchange.words import Source, SourceField

FORMAT = "MZ-HD-1"
SIGNATURE, CLIENT, TIME, REQUEST = "X-Mz-Signature", "X-Mz-Client", "X-Mz-Time", "X-Mz-Request"
STATES = {"found", "none", "unknown"}
MAX_TEXT, MAX_THINGS, MAX_MONEY = 200, 200, 10**15


class Kind(StrEnum):
    """What a call came to. DOWN, BUSY and BROKEN may be tried again under the same id; the others are final."""

    ANSWER = "answer"
    LATER = "later"
    BUSY = "busy"
    DOWN = "down"
    BROKEN = "broken"
    FORGED = "forged"
    WRONG_PERSON = "wrong_person"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reply:
    """`told`: {ref: (state, values)} of an ANSWER. `retry_after` in seconds, of LATER and BUSY. `size` in bytes."""

    kind: Kind
    problem: str = ""
    told: Mapping[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    retry_after: int = 0
    size: int = 0


class NotInFormat(ValueError):
    """The reply is not what the format says; the text names no person."""


class OtherPerson(ValueError):
    """The reply speaks of somebody who was not asked about."""


@dataclass(frozen=True)
class AskedPerson:
    """One person of an enquiry. `ref` is the place in the request: replies are matched by it and by the number."""

    ref: str
    id_no: str
    name: str
    authorisation: str  # SHA-256 of the signed paper, or "login"


def signature(key: bytes, *parts: str | bytes) -> str:
    """HMAC-SM3 (GM/T 0042; GB/T 32905) of the parts, one per line, in hexadecimal."""
    code = HMAC(key, hashes.SM3())
    code.update(b"\n".join(part.encode() if isinstance(part, str) else part for part in parts))
    return code.finalize().hex()


def enquiry(
    request_id: str,
    purpose: str,
    period: tuple[dt.date, dt.date],
    fields: Sequence[str],
    persons: Sequence[AskedPerson],
) -> bytes:
    """The body of a request; the same question always gives the same bytes."""
    document = {
        "format": FORMAT,
        "request": request_id,
        "purpose": purpose,
        "from": period[0].isoformat(),
        "until": period[1].isoformat(),
        "fields": list(fields),
        "persons": [
            {"ref": one.ref, "id_no": one.id_no, "name": one.name, "authorisation": one.authorisation}
            for one in persons
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_reply(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    key: bytes,
    request_id: str,
    source: Source,
    fields: Sequence[str],
    persons: Sequence[AskedPerson],
) -> Reply:
    """Judge what came back. Nothing is believed that is not signed, not in the format, or about somebody else."""
    size = len(body)
    if status == 429:
        return Reply(Kind.BUSY, "对方繁忙，请稍后（429）", retry_after=_seconds(headers), size=size)
    if status >= 500:
        return Reply(Kind.DOWN, f"对方系统故障（{status}）", size=size)
    if status == 409:
        return Reply(Kind.CONFLICT, "对方说同一请求编号的内容不同（409），未采用。请重新发起核对", size=size)
    if status not in {200, 202}:
        return Reply(Kind.REFUSED, f"对方拒绝查询（{status}）。请核对接入参数和授权", size=size)
    expected = signature(key, "REPLY", str(status), request_id, body)
    if not hmac.compare_digest(expected, headers.get(SIGNATURE, "")):
        return Reply(Kind.FORGED, "反馈的签名不符，未采用。请立即联系对方和系统管理员", size=size)
    if status == 202:
        return Reply(Kind.LATER, "对方已受理，正在查询", retry_after=_seconds(headers), size=size)
    try:
        told = _told(body, request_id, {key: source.field(key) for key in fields}, persons)
    except OtherPerson:
        return Reply(Kind.WRONG_PERSON, "反馈的不是所查的人，全部未采用。请立即联系对方查明原因", size=size)
    except NotInFormat as wrong:
        return Reply(Kind.BROKEN, f"反馈不合格式：{wrong}", size=size)
    return Reply(Kind.ANSWER, told=told, size=size)


def _told(
    body: bytes, request_id: str, fields: Mapping[str, SourceField], persons: Sequence[AskedPerson]
) -> dict[str, tuple[str, dict[str, Any]]]:
    try:
        document = json.loads(body)
    except ValueError:
        raise NotInFormat("不是完整的 JSON") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise NotInFormat(f"format 不是 {FORMAT}")
    if document.get("request") != request_id:
        raise NotInFormat("请求编号不符")
    asked = {one.ref: one.id_no for one in persons}
    told: dict[str, tuple[str, dict[str, Any]]] = {}
    rows = document.get("persons")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotInFormat("缺少 persons")
    for row in rows:
        ref, state = row.get("ref"), row.get("state")
        if not isinstance(ref, str) or asked.get(ref) != row.get("id_no"):
            raise OtherPerson
        if ref in told or state not in STATES:
            raise NotInFormat("同一人反馈了两次，或 state 不对")
        told[ref] = (state, _values(row.get("values", {}), fields) if state == "found" else {})
    return told


def _values(values: Any, fields: Mapping[str, SourceField]) -> dict[str, Any]:
    """Only what was asked; a field that is absent or null is unknown and stays out."""
    if not isinstance(values, dict):
        raise NotInFormat("values 不是对象")
    found = {}
    for key, listed in fields.items():
        if (value := values.get(key)) is not None:
            if not IS_KIND[listed.kind](value):
                raise NotInFormat(f"{key} 的值不对")
            found[key] = value
    return found


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_MONEY


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_TEXT


def _is_date(value: Any) -> bool:
    try:
        dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _are_things(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MAX_THINGS:
        return False
    return all(
        isinstance(one, dict) and _is_text(one.get("id")) and _is_text(one.get("title")) for one in value
    )


IS_KIND = {
    "money": _is_whole,
    "number": _is_whole,
    "text": _is_text,
    "date": _is_date,
    "yes_no": lambda value: isinstance(value, bool),
    "things": _are_things,
}


def _seconds(headers: Mapping[str, str]) -> int:
    """Retry-After in seconds, bounded; 0 when the other side does not say."""
    told = headers.get("Retry-After", "")
    return min(int(told), 86_400) if told.isascii() and told.isdigit() and len(told) < 8 else 0
