"""How an instruction file reaches the bank and how the bank is asked about it: one of these by settings."""

from django.conf import settings
from django.utils.module_loading import import_string

from minzheng.foundation.payments.channels.answers import Answer, Brought, Channel, Fate

__all__ = ["Answer", "Brought", "Channel", "Fate", "bank"]


def bank() -> Channel:
    """The channel this installation uses (settings.PAYMENT_CHANNEL, a dotted name)."""
    channel: Channel = import_string(settings.PAYMENT_CHANNEL)()
    return channel
