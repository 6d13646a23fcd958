"""What was recorded of a life, as facts: whoever is in custody is so from that day until the release (handbook 0.7)."""

from __future__ import annotations

from minzheng.foundation.people.fact_view import FactView


def custody_as_facts() -> str:
    """Ended by the release; where the court's term is known, by the end of the term at the latest."""
    return """
        SELECT e.id, e.person_id,
               jsonb_build_object('custody_status', CASE WHEN e.detail->>'state' = '强制隔离戒毒'
                   THEN '强制隔离戒毒' ELSE '服刑' END) AS values,
               e.happened_on AS since,
               least((SELECT min(r.happened_on) FROM people_lifeevent r WHERE r.person_id = e.person_id
                          AND r.kind = 'release' AND r.undone_on IS NULL AND r.happened_on >= e.happened_on),
                     (e.happened_on + make_interval(months => (e.detail->>'term_months')::int))::date) AS until
        FROM people_lifeevent e WHERE e.kind = 'prison' AND e.undone_on IS NULL
    """


CUSTODY = FactView(code="custody", title="生命事件台账", sql=custody_as_facts)
