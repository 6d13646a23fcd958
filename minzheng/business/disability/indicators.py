"""What the two subsidies of disabled persons come to: standards in force, people, money."""

from __future__ import annotations

from minzheng.business.disability.benefits import LIVING, NURSING
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter, standard
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Period, Rows

LINE = "残疾人福利"
BOTH = (LIVING.code, NURSING.code)

STANDARDS = (
    standard(
        "N04a", "困难残疾人生活补贴标准", "living_subsidy_standard", line=LINE, unit="元/人·月", seed="003"
    ),
    standard(
        "N04b", "重度残疾人护理补贴标准", "nursing_subsidy_standard", line=LINE, unit="元/人·月", seed="003"
    ),
)

PERSONS = tuple(
    Indicator(
        code=f"disability.{benefit.code}_persons", title=f"{benefit.title}人数", line=LINE, unit="人",
        counts=f"当月享受{benefit.title}的人", better=Better.NONE, source="待遇台账",
        drill=Drill(benefit.code, recipients_filter),
        formula=Formula(numerator=Rows(entitled(benefit.code)), known=Rows(kept(benefit.code))),
    )
    for benefit in (LIVING, NURSING)
)  # fmt: skip

SPENDING = Indicator(
    code="N14", title="残疾人两项补贴支出", line=LINE, unit="元", seed="000", period=Period.YEAR,
    counts="当年1月到当月发放中已发的两项补贴", better=Better.NONE, source="发放明细",
    formula=Formula(
        numerator=Rows(paid(*BOTH, whole_year=True), amount="amount_fen"),
        known=Rows(ran(*BOTH, whole_year=True)),
    ),
)  # fmt: skip
