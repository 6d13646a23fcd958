"""What the treasury pays for funerals: the waived fees to the homes, the reward of an eco-burial to the family."""

from __future__ import annotations

from minzheng.foundation.benefits.words import Benefit, Start, Unit

WAIVER = Benefit(
    code="funeral_waiver",
    title="殡葬基本服务费减免",
    item="",
    covers=("S-150",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="民发〔2012〕211号；各地规定",
    programme="funeral_waiver",
)
ECO = Benefit(
    code="eco_burial",
    title="节地生态安葬奖补",
    item="",
    covers=("S-155",),
    unit=Unit.PERSON,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="民发〔2016〕21号；各地规定",
    programme="eco_burial",
)
