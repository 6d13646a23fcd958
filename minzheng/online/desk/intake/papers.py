"""Papers handed in at the window: signed authorisations and materials."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.cases.api import add_material, authorise, visible
from minzheng.foundation.cases.drafts import AUTHORISATION
from minzheng.foundation.cases.models import Case
from minzheng.foundation.documents.check import UploadRefused
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import store_document


@permit("case.window")
@require_POST
def sign(request: HttpRequest, number: str, member: int) -> HttpResponse:
    """A member's signed authorisation on paper."""
    case = get_object_or_404(visible(request.access), number=number)
    listed = get_object_or_404(case.persons, pk=member)
    document = _stored(request, case, AUTHORISATION)
    if document is not None:
        try:
            authorise(request.access, case, listed.id_no, document)
            messages.success(request, f"已登记{listed.name}的核对授权。")
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
    return redirect("desk:intake_review", number)


@permit("case.window")
@require_POST
def material(request: HttpRequest, number: str, key: str) -> HttpResponse:
    case = get_object_or_404(visible(request.access), number=number)
    document = _stored(request, case, key)
    if document is not None:
        try:
            add_material(request.access, case, key, document)
            messages.success(request, "材料已收下。")
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
    return redirect("desk:intake_review", number)


def _stored(request: HttpRequest, case: Case, kind: str) -> Document | None:
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, "请先选择照片或 PDF 文件，再点“上传”。")
        return None
    try:
        return store_document(upload, kind=kind, user=request.user, region_id=case.region_id)  # type: ignore[arg-type]
    except UploadRefused as refusal:
        messages.error(request, str(refusal))
        return None
