"""First made good, then decided by somebody who neither made the mistake nor wrote it down."""

from __future__ import annotations

from typing import Any

from minzheng.business.assistance.corrections.models import Correction, State
from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action


def _persons(row: Correction) -> list[int]:
    return [row.case.applicant_id] if row.case else []


@action("correction.mend", "登记纠正", permission="register.write", persons=_persons)
def mend(access: Any, row: Correction, *, mending: str) -> Correction:
    current = Correction.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if current.state != State.OPEN:
        raise Refused("已经登记过纠正，不用再办。")
    current.state, current.mended_on, current.mending = State.MENDED, access.today, mending[:300]
    current.save(update_fields=["state", "mended_on", "mending"])
    return current


@action("correction.decide", "决定是否免责", permission="case.oversee", persons=_persons)
def decide(access: Any, row: Correction, *, exempt: bool, why: str) -> Correction:
    current = Correction.objects.select_for_update(of=("self",)).select_related("officer").get(pk=row.pk)
    if current.state != State.MENDED:
        raise Refused("先把错纠正过来，再决定是否免责；已经决定的不能再改。")
    officer = current.officer.person_id if current.officer else None
    judge = another_person(access, current.maker_id, officer, did="登记（当事经办）", does="决定")
    current.state = State.EXEMPT if exempt else State.ANSWERS
    current.decided_by, current.decided_on, current.why = judge, access.today, why[:300]
    current.save(update_fields=["state", "decided_by", "decided_on", "why"])
    return current
