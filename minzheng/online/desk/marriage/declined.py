"""不予办理告知书: what was decided, and one signed copy for each of the two."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from minzheng.business.marriage.declining import copies_of
from minzheng.business.marriage.models import Declined
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.marriage.parts import TRAIL


@never_cache
@permit("marriage.read")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, "查看不予办理告知书")
    context = {
        "declined": found,
        "copies": copies_of(found),
        "trail": [TRAIL, ("不予办理告知书", "/desk/registers/marriage_declined/"), (found.number, "")],
    }
    return render(request, "desk/marriage/declined.html", context)


@never_cache
@permit("marriage.read")
def copy(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """To be printed, signed for and handed over."""
    found = _found(request, pk, "打印不予办理告知书")
    one = next((one for one in copies_of(found) if one.pk == copy), None)
    if one is None:
        raise Http404("没有找到这份告知书。请从告知书的页面打开。")
    with default_storage.open(one.file) as stored:
        return attachment(stored.read(), f"{found.number}-{one.name}.pdf", "application/pdf")


def _found(request: HttpRequest, pk: int, title: str) -> Declined:
    rows = Declined.objects.select_related("registry", "man", "woman", "by")
    found: Declined = request.access.get("marriage.read", rows, pk=pk)  # type: ignore[attr-defined]
    record_read(title, actor=request.user, subject=found, persons=found.couple, region=found.region_id)  # type: ignore[arg-type]
    return found
