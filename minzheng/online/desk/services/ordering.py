"""What is asked when a service is ordered, on the desk, on the telephone and by the family: one set of questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.elderly.homecare.models import CareBed
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import county_of
from minzheng.foundation.forms import Question
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.actions import Caller, ask
from minzheng.foundation.services.matching import contracts_on
from minzheng.foundation.services.models import Channel, Order, Payer
from minzheng.foundation.services.words import ServiceKind

ANY = "any"
WISH = Question("wish", "有什么要求？", "text", max=300, required=False, hint="什么时候方便、要注意什么。")


def kind_question(region: str, on: dt.date) -> Question:
    """Every service with its price in this county; one without a price here is not offered."""
    stated, offered = figures(on, region), []
    for kind in shelf(ServiceKind):
        try:
            price = stated(kind.price)
        except LookupError:
            continue
        offered.append((kind.code, f"{kind.title}（每{kind.unit}{yuan(int(price))}元）：{kind.help}"))
    return Question("kind", "要什么服务？", "choice", options=tuple(offered))


def provider_question(region: str, on: dt.date) -> Question:
    contracts = contracts_on(on).filter(region=county_of(region)).select_related("provider")
    providers = {str(one.provider_id): one.provider.name for one in contracts.order_by("provider__name")}
    return Question(
        "provider", "指定哪家？", "choice", options=((ANY, "不指定，由有合同的单位接单"), *providers.items())
    )


def order(
    access: Any,
    person: Person,
    *,
    kind: str,
    payer: str,
    channel: str,
    provider: str = ANY,
    wish: str | None = "",
    caller: Caller | None = None,
) -> Order:
    """A bed at home is served by its own institution; what a family pays itself goes to a provider that it names."""
    chosen = Organisation.objects.filter(pk=int(provider)).first() if provider.isdecimal() else None
    if payer == Payer.BED:
        bed = CareBed.objects.filter(person=person, until=None).select_related("provider").first()
        if bed is None:
            raise Refused({"payer": "本人没有运行中的家庭养老床位，请选择其他付费方式。"})
        chosen = bed.provider
    if payer == Payer.SELF and chosen is None:
        raise Refused({"provider": "自费的服务请指定一家单位。"})
    return ask(
        access,
        person,
        kind=kind,
        payer=payer,
        channel=channel,
        wish=wish or "",
        provider=chosen,
        caller=caller,
    )


OFFICER_CHANNELS = ((Channel.HELPER, "协理员代下单"), (Channel.HOTLINE, "热线"), (Channel.PLAN, "按月计划"))
