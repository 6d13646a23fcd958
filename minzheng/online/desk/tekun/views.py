"""集中供养: choosing a home with a free bed for a 特困人员, or another home than the present one (应养尽养, S-043)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from minzheng.business.assistance.models import Place, Support
from minzheng.business.assistance.tekun import caring
from minzheng.business.assistance.tekun.registers import SINCE
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.forms import Question
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.deeds import one_form

NONE_FREE = "本县收住特困人员的机构都已住满或还没有登记。请先登记轮候，或在“设施”台账补登机构和床位。"


@permit("register.write")
@keyed
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    """GET lists the county's homes with their free beds; POST records who moved where, and since when."""
    access: Any = request.access  # type: ignore[attr-defined]
    support = access.get("register.write", Support.objects.select_related("person", "region", "home"), pk=pk)
    person = support.person
    record_read(
        "安排集中供养", actor=request.user, subject=person, persons=[person.pk], region=support.region_id
    )  # type: ignore[arg-type]
    options = tuple((str(one.facility.pk), str(one)) for one in caring.homes(support, access.today))
    is_moving = support.place == Place.COLLECTIVE
    back = reverse("registers:detail", args=["tekun_care", support.pk])

    def do(answers: dict[str, Any]) -> str:
        if not options:
            raise Refused(NONE_FREE)
        caring.admit(access, support, **answers)
        return back

    now = f"现住{support.home.name}" if support.home else f"现在{support.get_place_display()}"
    return one_form(
        request,
        (Question("home", "住进哪家机构？", "choice", options=options), SINCE) if options else (),
        "换一家机构" if is_moving else "安排入住机构",
        do,
        back=back,
        trail=[("特困照料", reverse("registers:list", args=["tekun_care"])), (person.name, back)],
        done="已登记入住，供养金不变；原来的照料协议、家庭养老床位随之终止。",
        lead=f"{person.name} · {now}" if options else NONE_FREE,
        button="登记入住",
    )
