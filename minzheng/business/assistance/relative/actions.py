"""A study is drawn up by an officer and counted in the background; what was found is never changed again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks import task

from minzheng.business.assistance.relative.counting import Found, count
from minzheng.business.assistance.relative.models import Method, State, Study, StudyPlace
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures

PERMISSION = "statistics.write"
SHARES = {
    Method.MEDIAN: "relative_median_percent",
    Method.DISPOSABLE: "relative_disposable_percent",
    Method.DIBAO: "relative_dibao_percent",
}
BROKEN = "系统没有做完这次测算。请再点一次“测算”；仍不行请把名称告诉管理员。"


@action("relative.count", "测算相对贫困", permission=PERMISSION)
def start(access: Any, study: Study) -> Study:
    """The share is the officer's own, or the standard of that day."""
    current = Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
    if current.state not in {State.DRAFT, State.FAILED}:
        raise Refused("这次研究已经测算过。要换界线请另外新建一次，两次可以对比。")
    if current.on > access.today:
        raise Refused("这一天还没有到，收入和标准都不知道。请改成今天或以前的日期。")
    if current.percent is None:
        current.percent = figures(current.on, current.region_id)(SHARES[Method(current.method)])
    current.state, current.note = State.RUNNING, ""
    current.save(update_fields=["percent", "state", "note"])
    transaction.on_commit(lambda: run_study.enqueue(current.pk))
    return current


@task()
def run_study(key: int) -> None:
    """Counted once: a repeated delivery finds the study done and does nothing."""
    running = Study.objects.filter(pk=key, state=State.RUNNING)
    study = running.select_related("region").first()
    if study is None:
        return
    assert study.percent, "start has set it"
    try:
        found = count(study.region, study.on, Method(study.method), study.percent)
    except Refused as refused:
        running.update(state=State.FAILED, note=" ".join(refused.messages)[:200])
    except Exception:
        running.update(state=State.FAILED, note=BROKEN)
        raise
    else:
        keep(study, found)


def keep(study: Study, found: Found) -> None:
    """The places and the line together, or neither."""
    with transaction.atomic():
        mine = Study.objects.select_for_update().filter(pk=study.pk, state=State.RUNNING)
        if not mine.exists():
            return
        StudyPlace.objects.bulk_create(
            StudyPlace(
                study=study,
                region_id=code,
                **{name: counts[part] for name, (counts, part) in _columns(*both).items()},
            )
            for code, both in found.places.items()
        )
        mine.update(state=State.DONE, low_fen=found.low_fen, high_fen=found.high_fen, inputs=found.inputs)


def _columns(households: Any, persons: Any) -> dict[str, tuple[Any, str]]:
    named = {"": "all", "poor_": "poor", "helped_": "helped", "undetermined_": "undetermined"}
    return {
        f"{prefix}{unit}": (counts, part)
        for unit, counts in (("households", households), ("persons", persons))
        for prefix, part in named.items()
    }
