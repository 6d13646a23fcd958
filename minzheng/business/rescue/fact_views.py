"""Whoever is in a station's care is 生活无着的流散人员, for every rule that asks (社会救助法 第三十一条)."""

from minzheng.foundation.people.fact_view import FactView


def in_care() -> str:
    return """
        SELECT id, person_id, jsonb_build_object('homeless_registered', true) AS values, arrived_on AS since,
               left_on AS until
        FROM rescue_stay WHERE person_id IS NOT NULL
    """


HOMELESS = FactView(code="rescue_in_care", title="救助管理台账", sql=in_care)
