"""Files out and in: the instruction file to download, the bank's answer and what it settled."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.payments import actions, instruction
from minzheng.foundation.payments.models import Batch, LineState, ReturnFile
from minzheng.foundation.payments.package import write_package
from minzheng.online.desk.paging import page_of
from minzheng.online.desk.payments.forms import AnswerForm
from minzheng.online.desk.payments.views import TRAIL, batch_of, batch_page, title_of

_WRITERS = {"txt": instruction.write_text, "xlsx": instruction.write_xlsx, "zip": write_package}


@permit("payment.make", fresh=True)
def download(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The instruction file of a batch that was sent; taking it is recorded with everybody in it."""
    batch = batch_of(request, pk, "payment.make")
    if not batch.file_sha256:
        raise Http404("批次送出以后才有指令文件。")
    record(
        "payment.download",
        "下载发放指令文件",
        actor=request.user,
        subject=batch,
        persons=batch.lines.filter(held_reason="", person__isnull=False).values_list("person_id", flat=True),
        region=batch.county_id,
        is_read=True,
    )
    return FileResponse(
        _file(batch, suffix), as_attachment=True, filename=instruction.file_name(batch, suffix)
    )


def _file(batch: Batch, suffix: str) -> IO[bytes]:
    """Written beside the outbox, never into it: a file that appears there again might be paid again."""
    file = unwritten()
    _WRITERS[suffix](batch, file)
    file.seek(0)
    return file


@permit("payment.make", fresh=True)
@keyed
@require_POST
def import_answer(request: HttpRequest, pk: int) -> HttpResponse:
    batch = batch_of(request, pk, "payment.make")
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            file = actions.import_return(request.access, batch, name=upload.name, content=upload.read())
        except Refused as refusal:
            form.add_error("file", refusal)
        else:
            return redirect("desk:payments:answer", file.pk)
    return batch_page(request, batch, form)


@permit("payment.read")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What one answer settled, and the rows that need a person."""
    files = ReturnFile.objects.select_related("batch", "imported_by")
    file: ReturnFile = request.access.get("payment.read", files, "batch__county_id", pk=pk)
    problems = file.rows.exclude(problem="")
    context = {
        "file": file,
        "batch": file.batch,
        "title": title_of(file.batch),
        "waiting": file.batch.lines.filter(state=LineState.SENT).count(),
        "page": page_of(request, problems, "row_number", size=50),
        "trail": [TRAIL, (file.batch.number, f"/desk/payments/{file.batch_id}/"), ("回盘结果", "")],
    }
    return render(request, "desk/payments/answer.html", context)
