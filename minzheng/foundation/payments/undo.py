"""What a list that went back before it was sent leaves behind: nothing."""

from django.utils import timezone

from minzheng.foundation.payments.calculate import entitled
from minzheng.foundation.payments.models import Arrear, Batch, BatchKind, Recovery, RecoveryState


def release_charges(batch: Batch) -> None:
    """The month counts as not run again, so differences found against its lines are void."""
    if batch.kind != BatchKind.MONTHLY:
        return
    rights = {"entitlement__in": entitled(batch), "month": batch.month}
    Arrear.objects.filter(**rights, line=None, voided_at=None).update(voided_at=timezone.now())
    Recovery.objects.filter(**rights, state=RecoveryState.OPEN).update(state=RecoveryState.VOID)
