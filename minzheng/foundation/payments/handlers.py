"""A changed right is settled against what was already charged, in the same transaction."""

from minzheng.foundation.events.bus import on
from minzheng.foundation.payments.settle import settle_amended


@on("entitlement.amended")
def settle_the_past(entitlement: int) -> None:
    settle_amended(entitlement)
