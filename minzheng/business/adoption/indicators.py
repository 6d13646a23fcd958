"""What the registry counts each month: adoptions, what was dissolved, whether reports came in time."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet

from minzheng.business.adoption.models import Adoption, Application, Dissolution, Evaluation, State
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.regions.models import Level

LINE = "收养登记"


def registered(month: dt.date) -> QuerySet[Adoption]:
    return Adoption.objects.filter(registered_on__gte=month, registered_on__lt=next_month(month))


def dissolved(month: dt.date) -> QuerySet[Dissolution]:
    return Dissolution.objects.filter(
        step=Dissolution.Step.REGISTERED, closed_on__gte=month, closed_on__lt=next_month(month)
    )


def reported(month: dt.date) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(reported_on__gte=month, reported_on__lt=next_month(month))


def in_time(month: dt.date) -> QuerySet[Evaluation]:
    return reported(month).filter(reported_on__lte=F("due_on"))


def found_parents(month: dt.date) -> QuerySet[Application]:
    return Application.objects.filter(
        state=State.CLAIMED, closed_on__gte=month, closed_on__lt=next_month(month)
    )


def applied(month: dt.date) -> QuerySet[Application]:
    """Where applications are kept, a month without a registration is nought and not unknown."""
    return Application.objects.filter(accepted_on__lt=next_month(month))


KNOWN = Rows(applied)
REGISTERED = Indicator(
    code="adoption.registrations", title="收养登记", line=LINE, unit="件", better=Better.NONE, source="收养登记簿",
    counts="当月办理的收养登记", lowest=Level.COUNTY,
    formula=Formula(numerator=Rows(registered), known=KNOWN),
    drill=Drill(
        "adoptions",
        lambda month: {"on_from": f"{month}", "on_to": f"{next_month(month) - dt.timedelta(days=1)}"},
        permission="adoption.read",
    ),
)  # fmt: skip
DISSOLVED = Indicator(
    code="adoption.dissolutions", title="解除收养登记", line=LINE, unit="件", better=Better.NONE,
    source="解除收养登记台账", counts="当月办理的解除收养登记", lowest=Level.COUNTY,
    formula=Formula(numerator=Rows(dissolved), known=KNOWN),
)  # fmt: skip
FOUND = Indicator(
    code="adoption.parents_found", title="公告找到生父母", line=LINE, unit="件", better=Better.NONE,
    source="寻亲公告台账", counts="当月因认领属实终止的收养申请", lowest=Level.COUNTY,
    formula=Formula(numerator=Rows(found_parents), known=KNOWN),
)  # fmt: skip
IN_TIME = Indicator(
    code="adoption.evaluated_in_time", title="收养评估按期完成率", line=LINE, unit="%", source="收养评估台账",
    counts="当月出具的评估报告中，没有超过期限的", of="当月出具的收养评估报告", lowest=Level.COUNTY,
    formula=Formula(numerator=Rows(in_time), denominator=Rows(reported), known=KNOWN),
)  # fmt: skip
