"""What of the month's money waits for whom (docs/money.md): to be made, checked, answered, paid again, taken back."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.payments.models import (
    Batch,
    BatchKind,
    BatchState,
    LineState,
    PaymentLine,
    Recovery,
    RecoveryState,
)


def not_made(access: Access) -> int:
    """Benefits that somebody receives this month and that have no list yet."""
    running = Entitlement.objects.filter(
        state__in=[State.ACTIVE, State.EXITING], since_month__lte=month_of(access.today)
    )
    held = access.scope("payment.make", running).order_by().values_list("benefit", flat=True).distinct()
    made = Batch.objects.filter(month=month_of(access.today), kind=BatchKind.MONTHLY)
    return len(set(held) - set(_batches(access, "payment.make", made).values_list("benefit", flat=True)))


def to_check(access: Access) -> int:
    """Frozen by somebody else."""
    person = access.user.person_id if access.user else None
    frozen = Batch.objects.filter(state=BatchState.FROZEN).exclude(maker=person)
    return _batches(access, "payment.check", frozen).count()


def unanswered(access: Access) -> int:
    return _batches(access, "payment.make", Batch.objects.filter(state=BatchState.SENT)).count()


def to_pay_again(access: Access) -> int:
    """The bank could not pay it, or it was held back."""
    lines = PaymentLine.objects.filter(
        state__in=[LineState.FAILED, LineState.HELD],
        batch__state__in=[BatchState.RETURNED, BatchState.CLOSED],
    )
    return access.scope("payment.make", lines).count()


def to_take_back(access: Access) -> int:
    opened = Recovery.objects.filter(state=RecoveryState.OPEN, unpaid_line=None)
    return access.scope("payment.make", opened, "entitlement__region_id").count()


def _batches(access: Access, permission: str, found: QuerySet[Batch]) -> QuerySet[Batch]:
    return access.scope(permission, found, "county_id")
