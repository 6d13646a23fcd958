"""What was paid and not owed: given back, or written off with a second person's approval."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.payments.cash import post_recovered
from minzheng.foundation.payments.models import Recovery, RecoveryState


def _region(recovery: Recovery) -> str:
    return recovery.entitlement.region_id


def _person(recovery: Recovery) -> list[int]:
    return recovery.persons


def _open(recovery: Recovery) -> Recovery:
    current = Recovery.objects.select_for_update(of=["self"]).get(pk=recovery.pk)
    if current.state != RecoveryState.OPEN:
        raise Refused(f"这笔追回已是“{current.get_state_display()}”，不能再办。")
    return current


@action("recovery.return", "登记追回款退回", permission="payment.make", region=_region, persons=_person)
def record_return(access: Any, recovery: Recovery, *, receipt: str) -> Recovery:
    """The whole amount came back; `receipt` is the number of the paper."""
    current = _open(recovery)
    if not receipt.strip():
        raise Refused("请填写收款凭证号。")
    current.state, current.evidence = RecoveryState.RETURNED, receipt.strip()[:200]
    current.save()
    post_recovered(current, access.user, access.today)
    return current


@action("recovery.propose", "提出核销", permission="payment.make", region=_region, persons=_person)
def propose_write_off(access: Any, recovery: Recovery, *, reason: str) -> Recovery:
    current = _open(recovery)
    if not reason.strip():
        raise Refused("请写明核销理由和依据。")
    current.proposer, current.evidence = access.user.person, reason.strip()[:200]
    current.save()
    return current


@action("recovery.write_off", "批准核销", permission="payment.check", region=_region, persons=_person)
def approve_write_off(access: Any, recovery: Recovery) -> Recovery:
    """By another person than the one who proposed it (handbook §9: write-off with approval)."""
    current = _open(recovery)
    if current.proposer is None:
        raise Refused("还没有人提出核销。请经办人先写明理由。")
    approver = another_person(access, current.proposer_id, did="提出", does="批准核销")
    current.state, current.approver = RecoveryState.WRITTEN_OFF, approver
    current.save()
    return current
