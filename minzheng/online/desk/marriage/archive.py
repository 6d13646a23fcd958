"""档案: finding, re-issue, showing to who may see, and old paper records entered and scanned."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.business.marriage.archive import find_records, reissue, show_archive, verify_entry
from minzheng.business.marriage.backfill import attach_scan, enter_old_record, import_old_records, template
from minzheng.business.marriage.models import ArchiveSearch, Registration
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.models import Person
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.marriage import questions as ask
from minzheng.online.desk.marriage.parts import TRAIL, asked, document, registry_of, row_of
from minzheng.online.ui.forms import show_refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@permit("marriage.read")
def find(request: HttpRequest) -> HttpResponse:
    """By the whole number and the name; what is typed is posted, never in the address."""
    form = asked(request, ask.FIND, initial={"number": request.GET.get("number", "")})
    found = None
    if request.method == "POST" and form.is_valid():
        given = form.answers
        found = list(
            find_records(
                request.access,  # type: ignore[attr-defined]
                given["name"],
                given.get("id_no") or "",
                given.get("number") or "",
            )
        )
    context = {"form": form, "found": found, "trail": [TRAIL, ("档案", "")]}
    return render(request, "desk/marriage/find.html", context)


@never_cache
@permit("marriage.write")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """M5: a new certificate on what the archive proves; the old one is void at the same moment."""
    original = row_of(request, pk)
    form = asked(request, ask.AGAIN)
    if request.method == "POST" and form.is_valid():
        try:
            made = reissue(
                request.access,  # type: ignore[attr-defined]
                original,
                _side(original, form.answers["side"]),
                registry_of(request),
                form.answers["reason"],
            )
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已补领，字号 {made.number}，原证已作废。")
            return redirect("desk:marriage:row", made.pk)
    context = {
        "form": form,
        "row": original,
        "button": "补领",
        "heading": "补领婚姻登记证",
        "trail": _trail(original),
    }
    return render(request, "desk/marriage/about_row.html", context)


@never_cache
@permit("marriage.write")
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """M7: for a party in person or an authority with its letter; then the extract may be printed."""
    row = row_of(request, pk)
    form = asked(request, ask.SEARCH)
    if request.method == "POST" and form.is_valid():
        given = form.answers
        is_party = given["asker"] == ArchiveSearch.Asker.PARTY
        wanted = ArchiveSearch(
            registration=row, region_id=row.region_id, asker=given["asker"], purpose=given["purpose"],
            asker_name=given.get("asker_name") or "", letter_no=given.get("letter_no") or "",
        )  # fmt: skip
        try:
            person = _side(row, given.get("side") or "") if is_party else None
            made = show_archive(request.access, wanted, person)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("desk:marriage:extract", made.pk)
    context = {"form": form, "row": row, "button": "登记并出具", "heading": "档案查询", "trail": _trail(row)}
    return render(request, "desk/marriage/about_row.html", context)


@never_cache
@permit("marriage.read")
def extract(request: HttpRequest, pk: int) -> HttpResponse:
    """婚姻登记记录证明, as noted in one search."""
    searches = ArchiveSearch.objects.select_related("registration__registry")
    found = request.access.get("marriage.read", searches, pk=pk)  # type: ignore[attr-defined]
    row = found.registration
    record_read("打印婚姻档案", actor=request.user, subject=row, persons=row.couple, region=row.region_id)  # type: ignore[arg-type]
    context = {"search": found, "row": row, "back_url": f"/desk/marriage/rows/{row.pk}/"}
    return render(request, "desk/marriage/extract.html", context)


@never_cache
@permit("marriage.write")
def old(request: HttpRequest) -> HttpResponse:
    """S-143: one record from its paper, or many from a sheet; a second person verifies each."""
    registry = registry_of(request)
    form = asked(request, ask.OLD_RECORD, "one")
    problems: list[str] = []
    if request.method == "POST" and request.POST.get("form") == "one" and form.is_valid():
        given = {key: value for key, value in form.answers.items() if key != "declaration"}
        try:
            made = enter_old_record(
                request.access,  # type: ignore[attr-defined]
                Registration(registry=registry, declaration=document(form, "declaration"), **given),
            )
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已录入 {made.number}，{made.get_source_display()}。")
            return redirect("desk:marriage:old")
    if request.method == "POST" and request.POST.get("form") == "many":
        try:
            done = import_old_records(request.access, registry, request.FILES.get("sheet"))  # type: ignore[attr-defined]
            messages.success(
                request, f"已导入 {done.entered} 条，其中 {done.disputed} 条与现有资料不符，已标注争议。"
            )
            return redirect("desk:marriage:old")
        except ValidationError as refusal:
            problems = refusal.messages
    context = {
        "form": form,
        "problems": problems,
        "registry": registry,
        "trail": [TRAIL, ("历史档案补录", "")],
    }
    return render(request, "desk/marriage/old.html", context)


@permit("marriage.write")
def blank(request: HttpRequest) -> HttpResponse:
    return attachment(template(), "婚姻档案补录.xlsx", XLSX)


@never_cache
@permit("marriage.write")
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_of(request, pk)
    form = asked(request, ask.UPLOAD)
    if request.method == "POST" and form.is_valid():
        try:
            attach_scan(request.access, row, document(form, "scan"))  # type: ignore[attr-defined]
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "已上传。请另一位工作人员对照核对。")
            return redirect("desk:marriage:row", row.pk)
    context = {"form": form, "row": row, "button": "上传", "heading": "上传扫描件", "trail": _trail(row)}
    return render(request, "desk/marriage/about_row.html", context)


@permit("marriage.write")
@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_of(request, pk)
    try:
        verify_entry(request.access, row)  # type: ignore[attr-defined]
        messages.success(request, "已核对，可以作为依据。")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("desk:marriage:row", row.pk)


def _side(row: Registration, side: str) -> Person:
    person = {"man": row.man, "woman": row.woman}.get(side)
    if person is None:
        raise Refused({"side": "请选择是哪一方。档案里没有登记身份证号的，请先核对补全。"})
    return person


def _trail(row: Registration) -> list[tuple[str, str]]:
    return [TRAIL, (row.number, f"/desk/marriage/rows/{row.pk}/")]
