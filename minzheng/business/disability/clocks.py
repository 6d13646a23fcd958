"""Limits of the two subsidies (国发〔2015〕52号; cross-province: 民发〔2021〕70号, handbook §2)."""

from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock, Track
from minzheng.foundation.items.usual import tell, total

BY_70 = "民发〔2021〕70号（跨省通办）"
DECIDED = ("granted", "refused", "withdrawn")

CLOCKS = (
    total("subsidy_total_days", "国发〔2015〕52号；各地规定"),
    Clock(
        key="transfer",
        title="上传户籍地",
        starts="accepted",
        stops=("transferred", "withdrawn"),
        length="subsidy_transfer_days",
        unit=Unit.WORKDAYS,
        track=Track.AWAY,
        cite=BY_70,
    ),
    Clock(
        key="home",
        title="户籍地审核",
        starts="transferred",
        stops=DECIDED,
        length="subsidy_home_days",
        unit=Unit.WORKDAYS,
        track=Track.AWAY,
        cite=BY_70,
    ),
    tell("subsidy_tell_days", BY_70, "告知结果"),
)
