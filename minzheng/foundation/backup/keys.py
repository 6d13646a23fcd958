"""Which keys the data needs. They are never part of a backup: whoever finds one has no key with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from minzheng.foundation.actions import Refused

COLUMNS, SECRET = "columns", "secret"
# What else must be kept apart from the backups; without it the data opens, but something has to be made anew.
ALSO = {
    "审计签名私钥": "AUDIT_KEY",
    "证照印章": "SEALS",
}


def needed() -> dict[str, dict[str, str]]:
    """Fingerprints of the keys in use: those of the encrypted columns, and of the site's secret."""
    found = {SECRET: {"": hashlib.sha256(b"minzheng secret" + settings.SECRET_KEY.encode()).hexdigest()[:16]}}
    if hasattr(settings, "KEYS"):
        from minzheng.foundation.crypto.keyfile import load

        prints = load(Path(settings.KEYS)).fingerprints()
        found[COLUMNS] = {str(number): text for number, text in prints.items()}
    return found


def refuse_without(wanted: dict[str, dict[str, str]]) -> list[str]:
    """Raises Refused when the encrypted columns could not be opened; returns what else differs, in Chinese."""
    columns = wanted.get(COLUMNS, {})
    if columns:
        from minzheng.foundation.crypto.keyfile import KeysMissing, load

        try:
            held = {str(number): text for number, text in load(Path(settings.KEYS)).fingerprints().items()}
        except KeysMissing as missing:
            raise Refused(f"没有恢复：加密字段的密钥不在。{missing}") from None
        for number, print_ in columns.items():
            if held.get(number) != print_:
                name = f"第 {number} 号密钥" if number != "0" else "检索密钥"
                raise Refused(
                    f"没有恢复：密钥文件 {settings.KEYS} 里没有这份备份所需的{name}（指纹 {print_}）。"
                    "请把与备份分开保管的密钥文件放回原处，或用 MINZHENG_KEYS 指明它在哪里。"
                )
    return list(_missing(wanted))


def _missing(wanted: dict[str, dict[str, str]]) -> Iterator[str]:
    secret = wanted.get(SECRET)
    if secret and secret != needed()[SECRET]:
        yield "MINZHENG_SECRET_KEY 与备份时不同：所有人要重新登录，证照印章的口令若未另设也打不开。"
    for title, name in ALSO.items():
        if not Path(getattr(settings, name)).exists():
            yield f"{title}（{getattr(settings, name)}）不在：请放回另行保管的那一份，否则将另做新的。"


def places() -> list[str]:
    """Where the keys of this installation lie, to be copied somewhere else than the backups."""
    files = [
        getattr(settings, name)
        for name in ("KEYS", "BACKUP_KEY", "AUDIT_KEY", "SEALS")
        if hasattr(settings, name)
    ]
    return [str(file) for file in files if Path(file).exists()]
