"""What the register says about an adopted child: no orphan for the benefits any more."""

from minzheng.foundation.people.fact_view import FactView


def adopted() -> str:
    return """
        SELECT id, child_id AS person_id, jsonb_build_object('adopted', true) AS values, registered_on AS since,
               ended_on AS until
        FROM adoption_adoption WHERE standing <> 'cancelled'
    """


ADOPTED = FactView(code="adopted", title="收养登记", sql=adopted)
