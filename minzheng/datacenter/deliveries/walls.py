"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import region, through

WALLS = {
    "deliveries.Delivery": region(reads=["delivery.read"]),
    "deliveries.DeliveryRow": through("delivery"),
    "deliveries.Match": through("row"),
    "deliveries.Identified": through("person"),
    "deliveries.DeliveredSheet": through("delivery"),
    "deliveries.DeathReport": through("person", "delivery"),
}
