"""Clients of the API, their calls' windows, and what is pushed to them."""

from minzheng.online.api.models.client import ApiClient, Kind
from minzheng.online.api.models.webhook import Delivery, DeliveryState, Subscription
from minzheng.online.api.models.window import CallWindow

__all__ = ["ApiClient", "CallWindow", "Delivery", "DeliveryState", "Kind", "Subscription"]
