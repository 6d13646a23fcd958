"""Loading in the background, with a bar that moves. Taken once at a time; an interrupted one may be taken again."""

from __future__ import annotations

from django_tasks import task

from minzheng.datacenter.deliveries.load import load_delivery


@task()
def run_delivery(key: int) -> None:
    load_delivery(key)
