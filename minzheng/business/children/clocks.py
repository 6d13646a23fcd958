"""Limits of the two recognitions (国办发〔2010〕54号; 民发〔2019〕62号 三; accepted elsewhere: 跨省通办)."""

from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock, Track
from minzheng.foundation.items.usual import total

BY_62 = "民发〔2019〕62号 三"
DECIDED = ("granted", "refused", "withdrawn")
AWAY = "孤儿、事实无人抚养儿童认定申请受理“跨省通办”（文号待核）"

TRANSFER = Clock(
    key="transfer",
    title="转送户籍地",
    starts="accepted",
    stops=("transferred", "withdrawn"),
    length="child_transfer_days",
    unit=Unit.WORKDAYS,
    track=Track.AWAY,
    cite=AWAY,
)
ORPHAN = (
    total("orphan_total_days", "国办发〔2010〕54号；各地规定"),
    TRANSFER,
)
UNATTENDED = (
    Clock(
        key="township",
        title="乡镇（街道）查验",
        starts="accepted",
        stops=("received", "withdrawn"),
        length="unattended_township_days",
        unit=Unit.WORKDAYS,
        cite=BY_62,
    ),
    Clock(
        key="county",
        title="县级确认",
        starts="received",
        stops=DECIDED,
        length="unattended_county_days",
        unit=Unit.WORKDAYS,
        cite=BY_62,
    ),
    TRANSFER,
)
