"""A certificate's signed file for an officer, and many on one print."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.national import SUFFIX, national_seal_of
from minzheng.foundation.certificates.paper import pages, said_by
from minzheng.foundation.certificates.registers import issued
from minzheng.foundation.certificates.seals import seal_of
from minzheng.foundation.certificates.synchronous import licences_on, rows_of
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.certificates.forms import PrintForm

MOST = 200  # pages a print job; a stack that a clerk can carry and check


@never_cache
@permit("certificate.read")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was issued, with its signature; recorded as a look at the holder."""
    found = _opened(request, pk, "打开证照")
    with default_storage.open(found.file) as stored:
        return attachment(stored.read(), f"{found.number}.pdf", "application/pdf")


@never_cache
@permit("certificate.read")
def national_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """The detached SM2 signature over the file, for licences whose holder has no account here."""
    found = _opened(request, pk, "打开国密签章")
    seal = national_seal_of(found)
    if seal is None:
        raise Http404("这份证照没有单独的国密签章，签章就在电子证照文件里。请打开证照。")
    return attachment(seal, f"{found.number}.pdf{SUFFIX}", "application/pkcs7-signature")


def _opened(request: HttpRequest, pk: int, title: str) -> Issued:
    access = request.access  # type: ignore[attr-defined]
    found: Issued = access.get("certificate.read", issued().exclude(state=State.REVOKED), pk=pk)
    record(
        "certificate.read", title, actor=access.user, subject=found, persons=found.holders,
        region=found.region_id, is_read=True,
    )  # fmt: skip
    return found


@permit("certificate.read")
def synchronous(request: HttpRequest) -> HttpResponse:
    """S-025: the licences that leave on paper and electronically at once, and how many have."""
    access = request.access  # type: ignore[attr-defined]
    context = {"listed": licences_on(access.today), "rows": rows_of(access, access.today)}
    return render(request, "desk/certificates/synchronous.html", context)


@never_cache
@permit("certificate.write", fresh=True)
def batch(request: HttpRequest) -> HttpResponse:
    """Those issued in some days, in the order of their numbers, as one file for the printer."""
    access = request.access  # type: ignore[attr-defined]
    form = PrintForm(request.GET or None, today=access.today)
    context = {"form": form, "most": MOST}
    if request.GET and form.is_valid():
        found = list(_chosen(access, form)[: MOST + 1])
        if not found:
            form.add_error(None, "这几天没有发过这种证照。请换日期或种类。")
        elif len(found) > MOST:
            form.add_error(None, f"超过{MOST}份，一次打印不完。请缩短日期，分几次打印。")
        else:
            record(
                "certificate.print", "合并打印证照", actor=access.user, is_read=True,
                persons=[holder for one in found for holder in one.holders], region=found[0].region_id, count=len(found),
            )  # fmt: skip
            is_test = seal_of(found[0].issuer_id).is_test
            said = [said_by(one, is_test=is_test) for one in found]
            return attachment(pages(found[0].word.paper, said), "证照打印.pdf", "application/pdf")
    return render(request, "desk/certificates/batch.html", context, status=422 if form.errors else 200)


def _chosen(access: Access, form: PrintForm) -> QuerySet[Issued]:
    said = form.cleaned_data
    own = access.scope("certificate.write", issued().exclude(state=State.REVOKED))
    return own.filter(kind=said["kind"], issued_on__gte=said["first"], issued_on__lte=said["last"]).order_by(
        "id"
    )
