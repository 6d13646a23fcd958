"""What the matrices must know of disability."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model

from minzheng.business.disability.models import Certificate as DisabilityCard
from tests.matrix.places import MONTH

SPECIAL: dict[type[Model], dict[str, Any]] = {
    DisabilityCard: {"id_no": lambda place: place.county, "valid_until": MONTH + dt.timedelta(days=3650)},
}
