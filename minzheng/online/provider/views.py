"""Orders of the own organisation only: offered ones name nobody, taken ones show where to go."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same
from minzheng.foundation.services import actions
from minzheng.foundation.services.matching import offered, own_orders
from minzheng.foundation.services.models import OPEN, Order, State, Worker
from minzheng.online.ui.deeds import Answers, Deed, DeedForms, by_name

NO_POSITION = Question(
    "no_position",
    "没有定位的原因",
    "choice",
    options=same("没有信号", "手机不能定位", "本人不同意"),
    required=False,
)
REASON = Question("reason", "为什么退单？", "text", min=2, max=200)
SHOWN = 200


@permit("institution.work")
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """What could be taken, what is in hand, what waits for confirmation."""
    access = request.access  # type: ignore[attr-defined]
    own = own_orders(access)
    in_hand = list(own.filter(state__in=[State.ACCEPTED, State.STARTED])[:SHOWN])
    now = timezone.now()
    context = {
        "offers": [(one, one.is_late(now)) for one in offered(access)[:SHOWN]],
        "in_hand": [(one, one.is_late(now)) for one in in_hand],
        "waiting": own.filter(state=State.DONE).count(),
        "confirmed": own.filter(state=State.CONFIRMED).count(),
    }
    if in_hand:
        record_read(
            "查看服务工单", actor=request.user, subject=in_hand[0], persons=[one.person_id for one in in_hand],  # type: ignore[arg-type]
            region=in_hand[0].region_id,
        )  # fmt: skip
    return render(request, "provider/today.html", context)


def _accept(workers: dict[str, Worker]) -> Any:
    def run(access: Any, order: Order, given: Answers) -> Order:
        if given["worker"] not in workers:
            raise Refused({"worker": "请从本单位在岗的服务人员中选择。"})
        return actions.accept(access, order, worker=workers[given["worker"]])

    return run


def _deeds(request: HttpRequest, order: Order) -> list[Deed]:
    access = request.access  # type: ignore[attr-defined]
    if order.state == State.ASKED:
        on_duty = access.own(Worker.objects.filter(Q(until=None) | Q(until__gt=access.today)), "provider_id")
        workers = {str(one.pk): one for one in on_duty.order_by("name", "id")}
        who = Question(
            "worker", "谁去？", "choice", options=tuple((key, one.name) for key, one in workers.items())
        )
        return [Deed("accept", "接单", "", _accept(workers), questions=(who,), done="已接单。")]
    if order.state == State.ACCEPTED:
        return [
            Deed("start", "到了，开始服务", "", by_name(actions.start), questions=(NO_POSITION,), locates=True,
                 lead="到老人家门口再点。只定位这一次，用来证明到过现场。", done="已开始。"),
            Deed("hand_back", "退单", "", by_name(actions.hand_back), questions=(REASON,),
                 done="已退单，由别的单位接。", danger=True),
        ]  # fmt: skip
    if order.state == State.STARTED:
        asked = (
            Question("photos", "现场照片", "files", required=order.declared.needs_photo, keep_capture=True),
            Question("report", "做了什么？", "long_text", min=2, max=500),
        )
        return [
            Deed("finish", "完成服务", "", by_name(actions.finish), questions=asked,
                 done="已完成，等待老人、家属或协理员确认。")
        ]  # fmt: skip
    return []


@permit("institution.work")
@never_cache
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order. Whom it is for is shown once it is taken, and every look is recorded."""
    access = request.access  # type: ignore[attr-defined]
    found = own_orders(access).filter(pk=pk).first() or offered(access).filter(pk=pk).first()
    if found is None:
        raise Http404("没有找到这张工单，或者它不属于您的单位。")
    is_ours = found.state in (State.ACCEPTED, State.STARTED)
    deeds = DeedForms(request, _deeds(request, found), found, found.region_id)
    if deeds.done():
        is_still = Order.objects.filter(
            pk=pk, state__in=[State.ACCEPTED, State.STARTED], provider__in=access.organisations
        )
        return redirect("provider:order", pk) if is_still.exists() else redirect("provider:today")
    if is_ours:
        record_read(
            "查看服务对象",
            actor=request.user,
            subject=found,
            persons=[found.person_id],
            region=found.region_id,  # type: ignore[arg-type]
        )
    context = {
        "order": found, "kind": found.declared, "deeds": deeds, "is_ours": is_ours, "is_open": found.state in OPEN,
        "back_url": reverse("provider:today"),
    }  # fmt: skip
    return render(request, "provider/order.html", context, status=422 if deeds.posted else 200)
