"""Which providers may serve: running contracts by county and kind; which kinds meet which needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import county_of
from minzheng.foundation.regions.models import within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.models import Contract, Order, State
from minzheng.foundation.services.words import ServiceKind


def contracts_on(on: dt.date) -> QuerySet[Contract]:
    return Contract.objects.filter(since__lte=on, until__gte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    )


def contract_for(provider: int, kind: str, region: str, on: dt.date) -> Contract | None:
    """The provider's contract for this kind in the county; the one that ends first is used up first."""
    running = contracts_on(on).filter(provider=provider, region=county_of(region), kinds__contains=[kind])
    return running.order_by("until", "id").first()


def meeting(needs: Iterable[str]) -> list[ServiceKind]:
    """The catalogue's answer to what somebody needs, urgent help aside."""
    wanted = set(needs)
    return [kind for kind in shelf(ServiceKind) if kind.need in wanted and not kind.is_urgent]


def offered(access: Access) -> QuerySet[Order]:
    """Orders that nobody has taken and that one of the user's own organisations could take, the most urgent first."""
    places = Q(pk__in=[])
    for contract in access.own(contracts_on(access.today), "provider_id"):
        places |= within(contract.region_id[:6]) & Q(kind__in=contract.kinds)
    free = Order.objects.filter(state=State.ASKED).filter(
        Q(provider__in=access.organisations) | (Q(provider__isnull=True) & places)
    )
    return free.select_related("region").order_by("accept_by", "id")


def own_orders(access: Access) -> QuerySet[Order]:
    """Orders that the user's own organisations have accepted."""
    taken = access.own(Order.objects.exclude(state=State.ASKED), "provider_id")
    return taken.select_related("region", "person", "worker").order_by("done_by", "id")
