"""How far a job is, and what it made. Only its owner sees it: an export belongs to who gave the reason for it."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from minzheng.foundation.audit.record import record
from minzheng.foundation.registers.columns import MASKS
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registers.jobs import expires_at
from minzheng.foundation.registers.models import ImportRow, Job, JobKind
from minzheng.foundation.registers.views.files import attachment
from minzheng.foundation.registers.views.routes import registered, trail, user_of

SHOWN = 100


def own_job(request: HttpRequest, register: Register, job_id: int, kind: JobKind | None = None) -> Job:
    job = Job.objects.filter(pk=job_id, owner=user_of(request), register=register.code).first()
    if job is None or (kind and job.kind != kind):
        raise Http404("没有找到这个任务，可能已过期清除（保留7天）。请重新操作。")
    return job


@never_cache
@registered("read")
def show(request: HttpRequest, register: Register, job_id: int) -> HttpResponse:
    """The same page while it moves and when it is done; a script asks again, and without one a link does."""
    job = own_job(request, register, job_id)
    context = {
        "register": register,
        "job": job,
        "trail": trail(register, (job.get_kind_display(), "")),
        "problems": problems(register, job) if job.kind == JobKind.IMPORT and not job.is_moving else [],
        "shown": SHOWN,
        "expires_at": expires_at(job),
    }
    return render(request, "registers/job.html", context)


@registered("export")
def download(request: HttpRequest, register: Register, job_id: int) -> HttpResponse:
    job = own_job(request, register, job_id, JobKind.EXPORT)
    if not job.file or expires_at(job) <= timezone.now():
        raise Http404("文件还没有做好，或已过期清除。请重新导出。")
    Job.objects.filter(pk=job.pk).update(downloads=F("downloads") + 1)
    record(
        f"{register.code}.download",
        f"下载导出的{register.title}",
        actor=user_of(request),
        subject=job,
        reason=job.request.get("reason", ""),
        is_read=True,
        number=job.number,
    )
    with job.file.open("rb") as file:
        return attachment(file.read(), job.request.get("name", "导出.xlsx"), XLSX)


def problems(register: Register, job: Job) -> list[dict[str, object]]:
    """The first rows that need mending: number, column, what was typed, what to do."""
    rows = ImportRow.objects.filter(job=job, is_good=False).order_by("number")[:SHOWN]
    return [
        {
            "number": row.number,
            "label": register.questions[key].label if key in register.questions else register.title,
            "typed": MASKS.get(kind_of(register, key), str)(row.typed.get(key, "")),
            "text": text,
        }
        for row in rows
        for key, text in row.errors.items()
    ]


def kind_of(register: Register, key: str) -> str:
    return register.questions[key].kind if key in register.questions else "text"
