"""What the data warned of, and what the visit found (国办发〔2023〕39号)."""

from __future__ import annotations

from django.db.models import QuerySet

from minzheng.datacenter.signals.models import Alert, AlertState
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose, in_register


def _alerts(whose: Whose) -> QuerySet[Alert]:
    return Alert.objects.filter(whose.of("person", "household")).defer("detail")


def _say(alert: Alert) -> Said:
    url = in_register("alerts", alert.pk)
    if alert.state == AlertState.OPEN:
        return Said(f"预警：{alert.get_signal_display()}", "已派人走访", "warn", url)
    said = alert.get_outcome_display() or alert.get_state_display()
    note = f"：{alert.note}" if alert.note else ""
    return Said(f"预警：{alert.get_signal_display()}", f"{said}{note}", "ok", url)


def _say_open(alert: Alert) -> Said:
    url = in_register("alerts", alert.pk)
    return Said("预警走访期限", f"{alert.get_signal_display()}，等待走访结果", "info", url)


ALERTS = Chapter(
    code="alerts",
    title="预警",
    permission="task.read",
    past=(Strand(_alerts, "opened_on", _say),),
    ahead=(Strand(lambda whose: _alerts(whose).filter(state=AlertState.OPEN), "due_on", _say_open),),
)
