"""Long work in the background. A job is taken once: a repeated delivery does nothing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from minzheng.foundation.accounts.limits import limit
from minzheng.foundation.registers.acting import Outcome, act_on
from minzheng.foundation.registers.excel.exporting import export
from minzheng.foundation.registers.excel.importing import check, save
from minzheng.foundation.registers.models import Job, JobKind, JobState
from minzheng.foundation.registers.working import finish, progress, working


@task()
def run_export(job_id: int) -> None:
    with working(job_id, JobState.WAITING, JobState.RUNNING) as taken:
        if taken:
            export(*taken)


@task()
def run_check(job_id: int) -> None:
    with working(job_id, JobState.WAITING, JobState.RUNNING) as taken:
        if taken:
            check(*taken)


@task()
def run_save(job_id: int) -> None:
    with working(job_id, JobState.SAVING, JobState.RUNNING) as taken:
        if taken:
            save(*taken)


@task()
def run_bulk(job_id: int) -> None:
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
