"""Keeping an upload: checked, named by its content, recorded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from minzheng.foundation.accounts.models import User
from minzheng.foundation.audit.record import record
from minzheng.foundation.documents.check import Checked, check_upload
from minzheng.foundation.documents.models import Document


def store_document(
    upload: UploadedFile, *, kind: str, user: User, region_id: str | None = None, keep_capture: bool = False
) -> Document:
    """Check and keep one upload. `kind`: the key of the question or material. Raises UploadRefused.

    Whoever may answer the question may upload for it, so the right is judged by the page that asks.
    """
    checked = check_upload(upload, keep_capture=keep_capture)
    return keep_document(checked, upload.name or "", kind=kind, user=user, region_id=region_id)


def keep_document(
    checked: Checked, name: str, *, kind: str, user: User, region_id: str | None = None
) -> Document:
    """Keep content that its own reader judges (a department's file); the same content is kept once."""
    digest = hashlib.sha256(checked.content).hexdigest()
    path = f"{digest[:2]}/{digest}.{checked.extension}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(checked.content))
    with transaction.atomic():
        document = Document.objects.create(
            file=path,
            name=_tidy_name(name, checked.extension),
            kind=kind,
            content_type=checked.content_type,
            size=len(checked.content),
            sha256=digest,
            capture=checked.capture,
            region_id=region_id,
            uploaded_by=user,
        )
        record("document.store", "上传材料", actor=user, subject=document, region=region_id or "", kind=kind)
    return document


def own_documents(ids: Iterable[object], user: User) -> list[int]:
    """Those of the ids that this user uploaded: nobody can attach another's file by guessing its number."""
    wanted = [int(str(one)) for one in ids if str(one).isdecimal()]
    own = set(Document.objects.filter(pk__in=wanted, uploaded_by=user).values_list("pk", flat=True))
    return [one for one in wanted if one in own]


def _tidy_name(name: str, extension: str) -> str:
    """The name as its owner knows it, without path and odd characters, ending as its content says."""
    stem = re.sub(r"[^\w\-（）() ]", "", name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    return f"{stem[:100] or '文件'}.{extension}"
