"""The orders as a fact about households: the rules leave an amount as it was while one of them holds."""

from minzheng.foundation.people.fact_view import FactView


def orders_as_facts() -> str:
    return """
        SELECT n.id, h.id AS household_id, jsonb_build_object('stops_suspended', true) AS values,
               n.since, n.until + 1 AS until
        FROM emergencies_noexit n JOIN people_household h
            ON h.region_id BETWEEN n.region_id AND rpad(regexp_replace(n.region_id, '(000|00)+$', ''), 12, '9')
        WHERE n.state IN ('confirmed', 'lifted')
    """


ORDERS = FactView(code="no_exit", title="应急期间不退出台账", sql=orders_as_facts, subject="household")
