"""The register of labels as facts: who lives in an edge family, which family has outrun its means by rigid spending."""

from minzheng.foundation.people.fact_view import FactView


def edge_families_as_facts() -> str:
    return """
        SELECT r.id, m.person_id, jsonb_build_object('on_edge', true) AS values, r.since, r.until
        FROM assistance_recognition r
        JOIN people_membership m ON m.household_id = r.household_id
            AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)
        WHERE r.label = 'edge'
    """


def rigid_families_as_facts() -> str:
    return """
        SELECT id, household_id, jsonb_build_object('rigid_spending_recognised', true) AS values, since, until
        FROM assistance_recognition WHERE label = 'rigid'
    """


EDGE = FactView(code="edge_families", title="低保边缘家庭台账", sql=edge_families_as_facts)
RIGID = FactView(
    code="rigid_families", title="刚性支出困难家庭台账", sql=rigid_families_as_facts, subject="household"
)
