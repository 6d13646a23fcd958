"""Excel in and out: template, upload, preview, confirmation; export with a stated reason."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.registers.approval import ask_for_approval
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel.exporting import MOST, failed_rows
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registers.excel.template import template
from minzheng.foundation.registers.jobs import run_save, start
from minzheng.foundation.registers.models import Job, JobKind, JobState
from minzheng.foundation.registers.views.files import attachment
from minzheng.foundation.registers.views.jobs import own_job
from minzheng.foundation.registers.views.routes import listing_of, registered, trail, user_of

TOO_BIG = "这个文件有 {}，最多 {}。请分成几个文件，分别上传。"


@registered("write")
def upload(request: HttpRequest, register: Register) -> HttpResponse:
    """The page with the template, and where the filled sheet comes back."""
    _must_import(register)
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            error = "请先选择填好的 Excel 文件。"
        elif (file.size or 0) > settings.MAX_UPLOAD_BYTES:
            error = TOO_BIG.format(filesizeformat(file.size or 0), filesizeformat(settings.MAX_UPLOAD_BYTES))
        else:
            job = Job(kind=JobKind.IMPORT, register=register.code, owner=user_of(request))
            job.file.save(f"{register.code}.xlsx", file, save=False)
            return redirect("registers:job", register.code, start(job).pk)
    context = {
        "register": register,
        "error": error,
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "trail": trail(register, ("从 Excel 导入", "")),
    }
    return render(request, "registers/import.html", context, status=422 if error else 200)


@registered("write")
def blank(request: HttpRequest, register: Register) -> HttpResponse:
    _must_import(register)
    return attachment(template(register, request.access), f"{register.title}导入模板.xlsx", XLSX)  # type: ignore[attr-defined]


@require_POST
@registered("write")
def confirm(request: HttpRequest, register: Register, job_id: int) -> HttpResponse:
    """Save what was checked. A second click finds the work already taken and only shows how far it is."""
    job = own_job(request, register, job_id, JobKind.IMPORT)
    if Job.objects.filter(pk=job.pk, state=JobState.CHECKED).update(state=JobState.SAVING):
        run_save.enqueue(job.pk)
    return redirect("registers:job", register.code, job.pk)


@require_POST
@registered("write")
def discard(request: HttpRequest, register: Register, job_id: int) -> HttpResponse:
    job = own_job(request, register, job_id, JobKind.IMPORT)
    if job.state in {JobState.CHECKED, JobState.FAILED}:
        job.file.delete(save=False)
        job.delete()
        messages.success(request, "已放弃这次导入，上传的内容已删除，什么也没有保存。")
    return redirect("registers:import", register.code)


@registered("write")
def failures(request: HttpRequest, register: Register, job_id: int) -> HttpResponse:
    """The rows that need mending, to be fixed in Excel and uploaded again."""
    job = own_job(request, register, job_id, JobKind.IMPORT)
    rows = job.rows.filter(is_good=False).order_by("number").iterator(1000)
    return attachment(failed_rows(register, rows), f"{register.title}待改正.xlsx", XLSX)


@registered("export")
def export(request: HttpRequest, register: Register) -> HttpResponse:
    """Says what will be taken, asks why, asks another officer if it is much, and makes the file in the background."""
    listing = listing_of(request, register)
    count = listing.rows.order_by()[: MOST + 1].count()
    needs_approval = count > limit("export_approval_rows")
    reason = " ".join(request.POST.get("reason", "").split())[:200]
    error = ""
    if count > MOST:
        error = f"一次最多导出 {MOST:,} {register.unit}。请先用筛选缩小范围。"
    elif request.method == "POST" and len(reason) < 4:
        error = "请写明导出的用途（至少4个字），如“季度复核抽查”。用途会印在文件上，并记入审计。"
    elif request.method == "POST":
        kept = {"query": listing.parameters("find"), "text": listing.text, "reason": reason}
        job = Job(
            kind=JobKind.EXPORT, register=register.code, owner=user_of(request), total=count, request=kept
        )
        if needs_approval:
            ask_for_approval(request.access, register, job, listing)  # type: ignore[attr-defined]
        else:
            start(job)
        return redirect("registers:job", register.code, job.pk)
    context = {
        "register": register,
        "listing": listing,
        "count": count,
        "too_many": count > MOST,
        "needs_approval": needs_approval,
        "most_alone": limit("export_approval_rows"),
        "reason": reason,
        "error": error,
        "address": urlencode(listing.parameters()),
        "trail": trail(register, ("导出 Excel", "")),
    }
    return render(request, "registers/export.html", context, status=422 if error else 200)


def _must_import(register: Register) -> None:
    if register.imports is None:
        raise Http404("这个台账不从 Excel 导入，由办件自动登记。")
