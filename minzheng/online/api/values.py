"""Values of a request, read just as the document describes them: what it says and what is checked come from one type."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_out(value: Any) -> Any:
    """pydantic alone would take 0 for the first day of 1970 and the time off a moment."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "not an ISO date")
    return value


IsoDate = Annotated[dt.date, BeforeValidator(_written_out)]
