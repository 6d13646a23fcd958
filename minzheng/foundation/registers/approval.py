"""Much at once leaves the house only with a second person's yes (个人信息保护法 第五十一条; test T21)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.jobs import forget_old, hand_over
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.models import Job, JobKind, JobState
from minzheng.foundation.registry.words import shelf

APPROVE = "export.approve"
DIGITS = 12


def ask_for_approval(access: Access, register: Register, job: Job, listing: Listing) -> Job:
    """Keep the request; nothing is read before somebody has said yes."""
    forget_old()
    job.state = JobState.ASKED
    job.region = widest(access.prefixes(register.export))
    job.request["about"] = {
        "columns": "、".join(column.label for column in listing.columns),
        "filters": "；".join(bound.summary for bound in listing.in_use) or "辖区内全部",
    }
    return _ask(access, job)


@action("export.ask", "申请导出", region=lambda job: job.region)
def _ask(access: Access, job: Job) -> Job:
    job.save()
    return job


def widest(prefixes: list[str]) -> str:
    """The one region that holds all of these code prefixes; whoever approves must answer for all of it."""
    shared = prefixes[0] if prefixes else ""
    for prefix in prefixes:
        while not prefix.startswith(shared):
            shared = shared[: -3 if len(shared) > 6 else -2]
    return shared.ljust(DIGITS, "0")


def waiting_for(access: Access) -> QuerySet[Job]:
    """Requests of others in the regions for which this officer may say yes, the oldest first."""
    asked = Job.objects.filter(kind=JobKind.EXPORT, state=JobState.ASKED).exclude(owner=access.user)
    return access.scope(APPROVE, asked, "region").select_related("owner").order_by("pk")


@action("export.approve", "核准导出", permission=APPROVE, region=lambda job: job.region)
def approve(access: Access, job: Job) -> Job:
    """The file is made at once, for who asked; this person's name stands in it."""
    job = _waiting(access, job)
    register = shelf(Register).get(job.register)
    access.require(register.export)
    job.state = JobState.WAITING
    _decide(access, job)
    hand_over(job)
    return job


@action("export.decline", "不予核准导出", permission=APPROVE, region=lambda job: job.region)
def decline(access: Access, job: Job, reason: str) -> Job:
    reason = " ".join(reason.split())
    if len(reason) < 2:
        raise Refused("请写明不予核准的理由，申请人会看到。")
    job = _waiting(access, job)
    job.state, job.note = JobState.DECLINED, reason[:200]
    _decide(access, job)
    return job


def _waiting(access: Access, job: Job) -> Job:
    found = Job.objects.select_for_update(of=("self",)).select_related("owner").get(pk=job.pk)
    if found.state != JobState.ASKED:
        raise Refused("这项申请已经办过，请刷新页面。")
    mine, theirs = access.user, found.owner
    if mine is None or mine == theirs or (mine.person_id and mine.person_id == theirs.person_id):
        raise Refused("不能核准自己的导出，请另一位同志办理。")
    return found


def _decide(access: Access, job: Job) -> None:
    job.decided_by, job.decided_at = access.user, timezone.now()
    job.save(update_fields=["state", "note", "decided_by", "decided_at", "moved_at"])
