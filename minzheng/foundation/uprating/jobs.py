"""Working out and laying in the background: a county has a hundred thousand rights. Both may be delivered twice."""

from __future__ import annotations

from django_tasks import task

from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.uprating.actions import work_out
from minzheng.foundation.uprating.laying import lay_all
from minzheng.foundation.uprating.models import Uprating


@task()
def run_work_out(key: int) -> None:
    uprating = Uprating.objects.get(pk=key)
    work_out(SystemAccess.on(uprating.made_on), uprating)


@task()
def run_laying(key: int) -> None:
    lay_all(Uprating.objects.get(pk=key))
