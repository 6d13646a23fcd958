"""导出核准: what others wish to take out, why and how much; one yes or no for each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.registers.approval import APPROVE, approve, decline, waiting_for
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf


@permit(APPROVE)
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    asked = [(job, shelf(Register).get(job.register)) for job in waiting_for(request.access)[:100]]  # type: ignore[attr-defined]
    return render(request, "registers/approvals.html", {"asked": asked})


@permit(APPROVE, fresh=True)
@require_POST
def decide(request: HttpRequest, job_id: int) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    job = get_object_or_404(waiting_for(access), pk=job_id)
    try:
        if "decline" in request.POST:
            decline(access, job, request.POST.get("reason", ""))
            messages.success(request, "已退回，申请人会看到理由。")
        else:
            approve(access, job)
            messages.success(request, f"已核准 {job.number}，文件只有{job.owner}能下载。")
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("registers:approvals")
