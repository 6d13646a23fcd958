"""Needs, contracts with providers, their workers, orders, settlements, and who may order for somebody else."""

from minzheng.foundation.services.models.contracts import Amendment, Contract, Worker
from minzheng.foundation.services.models.needs import Needs
from minzheng.foundation.services.models.orders import (
    OPEN,
    PAID_BY_US,
    Channel,
    Complaint,
    Order,
    Payer,
    State,
)
from minzheng.foundation.services.models.representatives import Kin, Representative
from minzheng.foundation.services.models.settlements import Settlement, Statement
from minzheng.foundation.services.words import Need

__all__ = [
    "OPEN",
    "PAID_BY_US",
    "Amendment",
    "Channel",
    "Complaint",
    "Contract",
    "Kin",
    "Need",
    "Needs",
    "Order",
    "Payer",
    "Representative",
    "Settlement",
    "State",
    "Statement",
    "Worker",
]
