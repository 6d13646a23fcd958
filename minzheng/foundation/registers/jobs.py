"""Long work in the background, with a bar that moves. A job is taken once: a repeated delivery does nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.models import Job, JobKind, JobState
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


@task()
def run_export(job_id: int) -> None:
    from minzheng.foundation.registers.excel.exporting import export

    with working(job_id, JobState.WAITING, JobState.RUNNING) as taken:
        if taken:
            export(*taken)


@task()
def run_check(job_id: int) -> None:
    from minzheng.foundation.registers.excel.importing import check

    with working(job_id, JobState.WAITING, JobState.RUNNING) as taken:
        if taken:
            check(*taken)


@task()
def run_save(job_id: int) -> None:
    from minzheng.foundation.registers.excel.importing import save

    with working(job_id, JobState.SAVING, JobState.RUNNING) as taken:
        if taken:
            save(*taken)


@task()
def run_bulk(job_id: int) -> None:
    from minzheng.foundation.registers.acting import Outcome, act_on

    with working(job_id, JobState.WAITING, JobState.RUNNING) as taken:
        if not taken:
            return
        job, register, access = taken
        row_action = register.action(job.request["action"])
        outcome = Outcome()
        for number, key in enumerate(job.request["keys"], start=1):
            refusal = (
                act_on(access, register, row_action, key, job.request["record"])
                if row_action
                else "没有这个操作。"
            )
            if refusal:
                outcome.refuse(key, refusal)
            else:
                outcome.done += 1
            if number % 100 == 0:
                progress(job, number)
        progress(job, len(job.request["keys"]))
        finish(job, JobState.DONE, done=outcome.done, refused=outcome.refused, reasons=outcome.reasons)


RUNNERS: dict[str, Task[[int], None]] = {
    JobKind.EXPORT.value: run_export,
    JobKind.IMPORT.value: run_check,
    JobKind.BULK.value: run_bulk,
}


def start(job: Job) -> Job:
    """Keep the job and hand it to a worker. Old jobs, which hold personal data, are forgotten."""
    forget_old()
    job.save()
    hand_over(job)
    return job


def hand_over(job: Job) -> None:
    RUNNERS[job.kind].enqueue(job.pk)


def expires_at(job: Job) -> dt.datetime:
    """Until then the file may be fetched: counted from the day on which it was made."""
    return job.moved_at + dt.timedelta(days=limit("export_keep_days"))


def forget_old() -> None:
    """Jobs hold personal data; what has expired goes, whoever it belonged to."""
    for old in Job.objects.filter(
        moved_at__lte=timezone.now() - dt.timedelta(days=limit("export_keep_days"))
    ):
        old.file.delete(save=False)
        old.delete()
