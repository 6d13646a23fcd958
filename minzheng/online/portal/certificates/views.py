"""我的证照: what I hold, the signed file, and 亮证 — a code for the phone that lives one minute."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.certificates.checking import SHOWN_SECONDS, code_to_show
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.national import SUFFIX, has_national_seal, national_seal_of
from minzheng.foundation.certificates.paper import qr, site_address
from minzheng.foundation.registers.views.files import attachment


@never_cache
@citizen
def mine(request: HttpRequest) -> HttpResponse:
    context = {"certificates": _with_standing(request, _own(request)), "back_url": reverse("portal:home")}
    return render(request, "portal/certificates/mine.html", context)


@never_cache
@citizen
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to hold out. The script asks for a new code before the old one dies; without one, a button does."""
    found = _one(request, pk)
    record_read("亮证", actor=request.user, subject=found, persons=[found.person_id], region=found.region_id)  # type: ignore[arg-type]
    address = site_address(reverse("verify:shown", args=[code_to_show(found)]))
    context = {
        "certificate": found,
        "standing": found.standing(request.access.today),  # type: ignore[attr-defined]
        "code": qr(address),
        "seconds": SHOWN_SECONDS,
        "renew_after": SHOWN_SECONDS - 10,
        "back_url": reverse("portal:certificates"),
    }
    return render(request, "portal/certificates/show.html", context)


@never_cache
@citizen
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed PDF, as it was issued."""
    found = _one(request, pk)
    record_read(
        "下载电子证照", actor=request.user, subject=found, persons=[found.person_id], region=found.region_id
    )  # type: ignore[arg-type]
    with default_storage.open(found.file) as stored:
        return attachment(stored.read(), f"{found.word.title}.pdf", "application/pdf")


@never_cache
@citizen
def national_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """The detached SM2 signature over the file, for whoever checks by the national suite."""
    found = _one(request, pk)
    seal = national_seal_of(found)
    if seal is None:
        raise Http404("这份证照没有单独的国密签章，签章就在电子证照文件里。请下载电子证照。")
    record_read(
        "下载国密签章", actor=request.user, subject=found, persons=[found.person_id], region=found.region_id
    )  # type: ignore[arg-type]
    return attachment(seal, f"{found.word.title}.pdf{SUFFIX}", "application/pkcs7-signature")


def _own(request: HttpRequest) -> QuerySet[Issued]:
    return Issued.objects.filter(person=request.user.person_id).order_by("-id")  # type: ignore[union-attr]


def _one(request: HttpRequest, pk: int) -> Issued:
    """One's own, and not revoked: a revoked certificate is not shown to anybody as one's own."""
    found = _own(request).exclude(state=State.REVOKED).filter(pk=pk).first()
    if found is None:
        raise Http404("没有找到这份证照，或者它已经注销。请从“我的证照”里打开。")
    return found


def _with_standing(
    request: HttpRequest, certificates: QuerySet[Issued]
) -> list[tuple[Issued, str, str, bool]]:
    today = request.access.today  # type: ignore[attr-defined]
    return [(one, *one.standing(today), has_national_seal(one)) for one in certificates]
