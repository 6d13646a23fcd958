"""How each department is reached: one JSON file of the installation (MINZHENG_SOURCES), read afresh when it changes.

    {"police.hukou": {"url": "https://…/hd", "client": "431227-mz", "key_file": "keys/hukou.key",
                      "timeout": 10, "max_persons": 1000}}

Paths are relative to the file. Without the file, or without an entry, a department is not connected (未接入).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

KNOWN = {"url", "client", "key_file", "timeout", "max_persons"}


class BadConnections(ValueError):
    """The file is wrong; the text says where and how to mend it."""


@dataclass(frozen=True)
class Connection:
    """One department's address and key. `timeout` in seconds for a whole call; `max_persons` in one request."""

    source: str
    url: str
    client: str
    key: bytes = field(repr=False)
    timeout: float = 10.0
    max_persons: int = 1000


def connections(file: Path | None = None) -> dict[str, Connection]:
    """The departments that are connected, by source code. Raises BadConnections."""
    file = file or settings.SOURCES
    if not file.exists():
        return {}
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadConnections(
            f"{file} 不是正确的 JSON：{error}。请改正后再试（docs/verification.md）。"
        ) from None
    if not isinstance(listed, dict):
        raise BadConnections(f"{file} 应是“数据来源代码: 接入参数”的对象，请按 docs/verification.md 改正。")
    return {source: _connection(source, entry, file) for source, entry in listed.items()}


def _connection(source: str, entry: Any, file: Path) -> Connection:
    where = f"{file} 的“{source}”"
    if not isinstance(entry, dict) or not {"url", "client", "key_file"} <= entry.keys() <= KNOWN:
        raise BadConnections(f"{where}须有 url、client、key_file，可有 timeout、max_persons，不能有别的。")
    address = urlsplit(str(entry["url"]))
    if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.username:
        raise BadConnections(f"{where}的 url 应是 http 或 https 地址，不带参数和口令。")
    key_file = file.parent / str(entry["key_file"])
    if not key_file.is_file() or not (key := key_file.read_bytes().strip()):
        raise BadConnections(f"{where}的密钥文件 {key_file} 不存在或是空的，请放好密钥文件。")
    timeout, most = entry.get("timeout", 10), entry.get("max_persons", 1000)
    if not isinstance(timeout, int | float) or not 0 < timeout <= 120:
        raise BadConnections(f"{where}的 timeout 应是 0 到 120 秒。")
    if not isinstance(most, int) or not 1 <= most <= 1000:
        raise BadConnections(f"{where}的 max_persons 应是 1 到 1000。")
    return Connection(source, str(entry["url"]).rstrip("/"), str(entry["client"]), key, float(timeout), most)
