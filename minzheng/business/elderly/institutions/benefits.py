"""What homes are paid (E9): by occupancy each month, for verified sites of a chain, for a grade. All amounts are local."""

from __future__ import annotations

from minzheng.foundation.benefits.words import Benefit, Start, Unit

BY = "各地养老机构补贴办法（手册§3）"
OPERATING = Benefit(
    code="home_operating",
    title="养老机构运营补贴",
    covers=("S-080",),
    item="",
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    cite=BY,
    programme="home_subsidy",
    ends_on=(),
    once=True,
)
CHAIN = Benefit(
    code="home_chain",
    title="养老连锁品牌补贴",
    covers=("S-081",),
    item="",
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    cite=BY,
    programme="home_subsidy",
    ends_on=(),
    once=True,
)
RATING = Benefit(
    code="home_rating",
    title="养老机构等级评定补贴",
    covers=("S-082",),
    item="",
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    cite=BY,
    programme="home_subsidy",
    ends_on=(),
    once=True,
)
SUBSIDIES = {one.code: one for one in (OPERATING, CHAIN, RATING)}
