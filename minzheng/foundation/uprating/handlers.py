"""What a broken-off worker left is taken up every night."""

from minzheng.foundation.events.bus import on
from minzheng.foundation.uprating.laying import take_up_again


@on("night.came")
def finish_upratings(day: str) -> None:
    take_up_again()
