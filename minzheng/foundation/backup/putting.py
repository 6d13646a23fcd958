"""Files of a backup put back in their places: what lies there already must be the same, or be more of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from minzheng.foundation.actions import Refused
from minzheng.foundation.backup import manifest


def file(plain: Iterable[bytes], path: str) -> None:
    """An upload; a file that lies there already must be the same one. Raises Refused."""
    to = Path(settings.MEDIA_ROOT)
    place = to / path
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(place.name + ".part")
    with part.open("wb") as out:
        out.writelines(plain)
    if place.exists() and manifest.digest(place) != manifest.digest(part):
        part.unlink()
        raise Refused(f"没有恢复：{place} 已经存在，内容与备份不同。请把 {to} 整个改名，再运行一次。")
    part.replace(place)


def head(kept: Path, path: str) -> None:
    """A file of signed heads; one that survived elsewhere and holds more is kept. Raises Refused."""
    here, content = Path(settings.AUDIT_ANCHORS) / path, kept.read_bytes()
    here.parent.mkdir(parents=True, exist_ok=True)
    if not here.exists():
        here.write_bytes(content)
    elif not here.read_bytes().startswith(content):
        raise Refused(f"没有恢复：{here} 与备份中的不是同一条链。请核对 MINZHENG_AUDIT_ANCHORS 指的文件夹。")
