"""Whom may a row without a usable number be about? Proposals for an officer, never a decision."""

from __future__ import annotations

import importlib.util
from typing import Any

from django.db import connection

from minzheng.datacenter.deliveries.models import Delivery
from minzheng.foundation.cases.parameters import parameter

OPEN_ROWS = """
CREATE TEMPORARY TABLE delivery_open ON COMMIT DROP AS
SELECT number, name, birth_date, address, upper(coalesce(typed->>'id_no', '')) AS typed_no FROM delivery_stage
WHERE id_no IS NULL AND name IS NOT NULL
  AND number NOT IN (SELECT number FROM deliveries_deliveryrow WHERE delivery_id = %(delivery)s)
"""


def similarity_at_hand() -> bool:
    """Whether the extra `matching` (Splink on DuckDB) is installed."""
    return all(importlib.util.find_spec(name) for name in ("splink", "duckdb"))


def propose(delivery: Delivery, scope: dict[str, Any], *, similar: bool) -> None:
    """Fill delivery_candidate; with `similar` by probability, otherwise by plain rules."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS delivery_open")
        cursor.execute(OPEN_ROWS, scope)
        cursor.execute("ANALYZE delivery_open")
        cursor.execute("SELECT count(*) FROM delivery_open")
        if not cursor.fetchone()[0]:
            return
    if similar and similarity_at_hand():
        from minzheng.datacenter.deliveries.matching.similar import candidates

        least = parameter("match_least_percent", delivery.region_id, delivery.month)
        _keep(candidates(scope, least))
    else:
        from minzheng.datacenter.deliveries.matching.rules import propose_by_rules

        propose_by_rules(scope)


def _keep(found: list[tuple[int, int, str, int]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy("COPY delivery_candidate FROM STDIN") as copy:
        for row in found:
            copy.write_row(row)
