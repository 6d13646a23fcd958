"""The keys of the file against the fingerprints that the database keeps."""

from __future__ import annotations

from django.conf import settings

from minzheng.foundation.crypto.keyfile import Keyring, KeysMissing
from minzheng.foundation.crypto.models import KnownKey


def refuse_other_keys(ring: Keyring) -> None:
    """Raises KeysMissing before anything is sealed with a key that is not this database's."""
    known = dict(KnownKey.objects.values_list("number", "fingerprint"))
    for number, fingerprint in ring.fingerprints().items():
        may_be = {fingerprint, ring.next_fingerprint} if number == 0 else {fingerprint}
        if known.get(number, fingerprint) not in may_be:
            name = f"第 {number} 号密钥" if number else "检索密钥"
            raise KeysMissing(
                f"密钥文件 {settings.KEYS} 里的{name}与这个数据库的不是同一把。"
                "请放回与这个数据库一起备份的密钥文件，或改正 MINZHENG_KEYS。"
            )


def note_keys(ring: Keyring) -> None:
    """Remember the fingerprints of all keys of the file."""
    prints = ring.fingerprints()
    KnownKey.objects.bulk_create(
        (KnownKey(number=number, fingerprint=text) for number, text in prints.items()), ignore_conflicts=True
    )


def note_index_key(fingerprint: str) -> None:
    """The index key is another one now."""
    KnownKey.objects.filter(number=0).update(fingerprint=fingerprint)
