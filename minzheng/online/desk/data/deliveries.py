"""部门数据: what other departments sent, how good it was, who it was about; sending in a new file."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.datacenter.deliveries.actions import MAKE, deliver, stop_delivery
from minzheng.datacenter.deliveries.jobs import run_delivery
from minzheng.datacenter.deliveries.models import Delivery, State
from minzheng.datacenter.deliveries.quality import RULES
from minzheng.datacenter.deliveries.report import rejected_rows, sample
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.registers.excel.sheets import XLSX
from minzheng.foundation.registers.views.files import attachment
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.data.forms import DeliveryForm
from minzheng.online.desk.data.lake import TRAIL

READ = "delivery.read"
PER_PAGE = 20
HOME = "部门数据"
TONES = {
    State.DONE: "ok", State.REFUSED: "bad", State.FAILED: "bad", State.SUPERSEDED: "neutral", State.STOPPED: "neutral",
}  # fmt: skip
SILENT_FOR = dt.timedelta(minutes=2)  # so long a loader at work is never silent


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    made = access.scope(READ, Delivery.objects.select_related("region", "owner")).order_by("-id")
    page = Paginator(made, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, form_of(one), TONES.get(State(one.state), "info")) for one in page],
        "formats": list(shelf(FileFormat)),
        "may_make": access.may(MAKE),
        "trail": [TRAIL, (HOME, "")],
    }
    return render(request, "desk/data/deliveries.html", context)


@permit(MAKE)
def new(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    start = {"source": request.GET.get("source", "")}
    form = DeliveryForm(access, request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            made = deliver(
                access, shelf(FileFormat).get(answers["source"]), answers["region"], answers["month"],
                answers["file"].read(), answers["file"].name, fewer_is_right=answers["fewer_is_right"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused)
        else:
            if made.state == State.DONE:
                messages.info(request, "这个文件已经读入过，没有重复读入。")
            else:
                run_delivery.enqueue(made.pk)
            return redirect("desk:data:delivery", made.pk)
    trail = [TRAIL, (HOME, reverse("desk:data:deliveries")), ("接收文件", "")]
    context = {"form": form, "trail": trail}
    return render(request, "desk/data/new_delivery.html", context, status=422 if form.errors else 200)


@never_cache
@permit(READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page while the file is read and when it is done."""
    made = delivery_of(request, pk, READ)
    if request.htmx and not made.is_moving:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    form = form_of(made)
    context = {
        "made": made,
        "form": form,
        "problems": [(RULES[rule], rows) for rule, rows in made.problems.items()],
        "has_rejected": made.lines.filter(state="rejected").exists(),
        "is_silent": made.is_moving and timezone.now() - made.moved_at > SILENT_FOR,
        "may_make": request.access.may(MAKE, made.region_id),  # type: ignore[attr-defined]
        "trail": [TRAIL, (HOME, reverse("desk:data:deliveries")), (form.title, "")],
    }
    return render(request, "desk/data/delivery.html", context)


@require_POST
@permit(MAKE)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        stop_delivery(request.access, delivery_of(request, pk, MAKE))  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("desk:data:delivery", pk)


@require_POST
@permit(MAKE)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Load an interrupted file anew; while another process is at it, this does nothing."""
    made = delivery_of(request, pk, MAKE)
    if made.is_moving:
        run_delivery.enqueue(made.pk)
    return redirect("desk:data:delivery", pk)


@permit(MAKE)
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with a problem, for the department to mend."""
    made = delivery_of(request, pk, MAKE)
    form = form_of(made)
    known = made.lines.filter(state="rejected", person__isnull=False).values_list("person_id", flat=True)
    record_read("下载有问题的行", actor=request.user, subject=made, persons=known, region=made.region_id)  # type: ignore[arg-type]
    return attachment(rejected_rows(made, form), f"{form.title}-有问题的行-{made.month:%Y-%m}.xlsx", XLSX)


@permit(READ)
def blank(request: HttpRequest, code: str) -> HttpResponse:
    if code not in shelf(FileFormat):
        raise Http404("没有这种数据。请从“部门数据”页选择。")
    form = shelf(FileFormat).get(code)
    return attachment(sample(form), f"{form.title}-样表.xlsx", XLSX)


def delivery_of(request: HttpRequest, pk: int, permission: str) -> Delivery:
    found = Delivery.objects.select_related("region", "owner", "document")
    made: Delivery = request.access.get(permission, found, pk=pk)  # type: ignore[attr-defined]
    return made


def form_of(delivery: Delivery) -> FileFormat:
    return shelf(FileFormat).get(delivery.source)
