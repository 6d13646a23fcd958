"""What the matrices must know of the objects of partners and interfaces."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.online.api.models import ApiClient, Subscription
from minzheng.online.api.models import Delivery as Message
from tests.matrix.places import COUNTY

SPECIAL: dict[type[Model], dict[str, Any]] = {
    ApiClient: {**COUNTY, "kind": "citizen", "until": dt.date(2099, 1, 1)},
}
KINDS: dict[str, type[Model]] = {
    "desk/api/deliveries/<": Message,
    "desk/api/subscriptions/<": Subscription,
    "desk/api/<": ApiClient,
}
REGION: dict[type[Model], str] = {
    Message: "subscription__client__region_id",
    Subscription: "client__region_id",
}
