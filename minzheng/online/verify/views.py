"""证照核验, for anyone and without log-in: by QR code, by the code on a phone, by the file itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import public
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.audit.record import record
from minzheng.foundation.certificates.checking import MOST_BYTES, SHOWN_SECONDS, check_file, shown_by
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.seals import published_roots
from minzheng.foundation.people.masking import mask_name
from minzheng.foundation.registers.views.files import attachment

WHY = "anyone who holds a certificate's code may know whether it is valid"


@never_cache
@public(WHY)
@at_most("public_per_minute", per="ip")
def home(request: HttpRequest) -> HttpResponse:
    """What can be checked, and the check of a file. The file is judged and forgotten."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            context["missing"] = "请先选择从本系统下载的 PDF 文件。"
        else:
            with beyond_region("谁手里有证照的代码或文件，谁就可以核验它的真伪"):
                checked = check_file(upload.read(MOST_BYTES + 1))
            context["checked"] = checked
            if checked.certificate is not None:
                context |= _facts(checked.certificate)
                _note(checked.certificate, "按文件核验证照")
    return render(request, "verify/home.html", context, status=422 if "missing" in context else 200)


@never_cache
@public(WHY)
@at_most("public_per_minute", per="ip")
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """By the QR code on the paper: state, and no more than stands on the paper's public part."""
    with beyond_region("谁手里有证照的代码或文件，谁就可以核验它的真伪"):
        found = Issued.objects.filter(token=token).select_related("replaces").first()
    if found is None:
        return render(request, "verify/unknown.html", status=404)
    _note(found, "扫码核验证照")
    return render(request, "verify/certificate.html", _facts(found))


@never_cache
@public("whoever is shown a phone's code may know whether it is valid")
@at_most("public_per_minute", per="ip")
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """By the code that its holder shows: it proves that the holder was logged in within the last minute."""
    with beyond_region("谁手里有证照的代码或文件，谁就可以核验它的真伪"):
        found = shown_by(code)
    if found is None:
        return render(request, "verify/stale.html", {"seconds": SHOWN_SECONDS}, status=410)
    _note(found, "核验手机亮证")
    return render(request, "verify/certificate.html", _facts(found) | {"is_shown": True})


@public(
    "what a seal is checked against is no secret: without it nobody could check a paper but with our own page"
)
@at_most("public_per_minute", per="ip")
def roots(request: HttpRequest) -> HttpResponse:
    """The authorities that our seals go back to; docs/certificates.md says what to do with them."""
    return attachment(published_roots(), "roots.pem", "application/x-pem-file")


def _facts(found: Issued) -> dict[str, Any]:
    """A person's name is masked: whoever holds the paper compares, whoever guesses learns nothing."""
    now = timezone.localtime()
    tone, words = found.standing(now.date())
    rows = [(label, text) for label, text in found.rows if label in found.public]
    return {
        "certificate": found,
        "tone": tone,
        "standing": words,
        "name": mask_name(found.name) if found.holders else found.name,
        "rows": rows,
        "now": now,
    }


def _note(found: Issued, title: str) -> None:
    """The holder sees under 谁看过我的资料 that and when it was checked."""
    record(
        "certificate.check", title, actor=None, subject=found, persons=found.holders,
        region=found.region_id, is_read=True,
    )  # fmt: skip
