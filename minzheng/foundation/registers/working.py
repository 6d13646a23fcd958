"""A job while it is worked on: taken once, with a bar that moves, and with a word on it when it went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.models import Job, JobState
from minzheng.foundation.registry.words import shelf

BROKEN = "系统没有做完这件事，什么也没有改变。请再试一次；仍不行请把编号 {} 告诉管理员。"


class Kept:
    """A query that was kept with a job: what a QueryDict answers, from (name, value) pairs."""

    def __init__(self, pairs: list[list[str]]) -> None:
        self.pairs = pairs

    def getlist(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def get(self, key: str, default: str = "") -> str:
        return next(reversed(self.getlist(key)), default)


@contextmanager
def working(
    job_id: int, taken_from: JobState, taken_to: JobState
) -> Iterator[tuple[Job, Register, Access] | None]:
    """The job, taken by this worker alone; None when another has it. What goes wrong is said on the job, and raised."""
    if not Job.objects.filter(pk=job_id, state=taken_from).update(state=taken_to, moved_at=timezone.now()):
        yield None
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    try:
        yield job, shelf(Register).get(job.register), Access(job.owner)
    except ValidationError as refused:
        Job.objects.filter(pk=job_id).update(state=JobState.FAILED, note=" ".join(refused.messages))
    except Exception:
        Job.objects.filter(pk=job_id).update(state=JobState.FAILED, note=BROKEN.format(job_id))
        raise


def progress(job: Job, done: int, total: int | None = None) -> None:
    """Move the bar."""
    told: dict[str, Any] = {"done": done, "moved_at": timezone.now()}
    if total is not None:
        told["total"] = total
    Job.objects.filter(pk=job.pk).update(**told)


def finish(job: Job, state: JobState, **result: Any) -> None:
    """The work ended well; search texts and keys are forgotten, the file and the counts stay for a week."""
    job.state, job.result = state, {**job.result, **result}
    job.request = {
        name: value for name, value in job.request.items() if name in {"reason", "action", "name", "about"}
    }
    job.save(update_fields=["state", "result", "request", "file", "moved_at"])
