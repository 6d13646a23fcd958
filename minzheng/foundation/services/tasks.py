"""What waits for a provider of services this morning: orders that it may take, and those it has promised to go to."""

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.services.matching import offered, own_orders
from minzheng.foundation.services.models import State
from minzheng.foundation.tasks.waiting import Waiting


def _offered(access: Access) -> int:
    return offered(access).count()


def _in_hand(access: Access) -> int:
    return own_orders(access).filter(state__in=[State.ACCEPTED, State.STARTED]).count()


OFFERED = Waiting(
    code="services.offered",
    title="可以接的工单",
    permission="institution.work",
    page="provider:today",
    count=_offered,
    unit="张",
)
IN_HAND = Waiting(
    code="services.in_hand",
    title="要上门的工单",
    permission="institution.work",
    page="provider:today",
    count=_in_hand,
    unit="张",
)
