"""寻亲公告: published for a foundling; whoever answers stops everything until it is found out who they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.business.adoption.accepting import WRITE, close_application, parents_of, still_open
from minzheng.business.adoption.clocks import notice_until
from minzheng.business.adoption.models import Application, Claim, SearchNotice, State
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import default_calendar


def _parents(claim: Claim) -> Iterable[int]:
    return parents_of(claim.notice.application)


@action("adoption.publish", "发布寻亲公告", permission=WRITE, persons=parents_of)
def publish(
    access: Any, application: Application, *, medium: str, issue_no: str, began_on: dt.date | str
) -> SearchNotice:
    """From the day on which it was printed; its end is worked out once, by the standard of that day."""
    now, day = still_open(application), _day(began_on)
    if not now.needs_notice:
        raise Refused("只有查找不到生父母的未成年人才公告，这件申请不需要。")
    if SearchNotice.objects.filter(application=now).exists():
        raise Refused("已经发布过寻亲公告，请在页面上查看期满日。")
    if not now.accepted_on <= day <= access.today:
        raise Refused({"began_on": "公告日期应在受理当天到今天之间，请对照报纸或网页核对。"})
    return SearchNotice.objects.create(
        application=now,
        region_id=now.region_id,
        medium=medium,
        issue_no=issue_no,
        began_on=day,
        until=notice_until(day, now.region_id),
        calendar=default_calendar().version,
    )


@action("adoption.claim", "登记认领", permission=WRITE, persons=parents_of)
def record_claim(access: Any, application: Application, *, story: str) -> Claim:
    """A parent or guardian came, in time or late: as long as nothing is registered, it counts."""
    now = still_open(application)
    notice = SearchNotice.objects.filter(application=now).first()
    if notice is None:
        raise Refused("这件申请还没有发布寻亲公告。请先登记公告。")
    return Claim.objects.create(notice=notice, region_id=now.region_id, on=access.today, story=story)


@action("adoption.settle_claim", "查明认领", permission=WRITE, persons=_parents)
def settle_claim(access: Any, claim: Claim, *, is_upheld: bool, proof: str) -> None:
    """On a test or the police's word. Parents found: the adoption ends here; else it goes on."""
    application = still_open(claim.notice.application)
    now = Claim.objects.select_for_update().get(pk=claim.pk)
    if now.settled_on is not None:
        raise Refused("这次认领已经查明，请刷新页面核对。")
    if not proof.strip():
        raise Refused({"proof": "请填写亲子鉴定或公安证明的编号。"})
    now.settled_on, now.is_upheld, now.proof = access.today, is_upheld, proof.strip()
    now.save()
    if is_upheld:
        close_application(
            application, State.CLAIMED, access.today, f"公告后有人认领，经查是生父母或监护人（{now.proof}）"
        )


def _day(said: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(said) if isinstance(said, str) else said
