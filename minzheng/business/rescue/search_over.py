"""Nobody is searched for any longer: it is known who it is, or the stay is over. What was begun for it is called back."""

from __future__ import annotations

from typing import Any

from minzheng.business.rescue.models import NoticeState, PublicNotice, Settlement, SettlementState, Stay
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import withdraw_tasks


def end_search(access: Any, stay: Stay, why: str) -> None:
    """A face comes down at once, a draft goes back, the list of settlement is left, the tasks for all of it end."""
    notices = PublicNotice.objects.filter(stay=stay)
    notices.filter(state=NoticeState.PUBLISHED).update(
        state=NoticeState.DOWN, down_on=access.today, reason=why
    )
    drafts = list(notices.filter(state=NoticeState.DRAFT).values_list("pk", flat=True))
    notices.filter(pk__in=drafts).update(state=NoticeState.RETURNED, reason=why)
    waiting = [SettlementState.LISTED, SettlementState.REGISTERED]
    Settlement.objects.filter(stay=stay, state__in=waiting).update(state=SettlementState.WITHDRAWN, note=why)
    monthly = Task.objects.filter(origin__startswith=f"rescue_settle:{stay.pk}:")
    origins = [f"rescue_search:{stay.pk}", *(f"rescue_notice:{key}" for key in drafts)]
    withdraw_tasks([*origins, *monthly.values_list("origin", flat=True)], why, actor=access.user)
