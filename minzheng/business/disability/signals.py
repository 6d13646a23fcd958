"""What the signals of other lines may know of this one: who receives a disability subsidy."""

from minzheng.datacenter.signals.words import OwnFact

RECEIVING_SUBSIDY = OwnFact(
    code="receiving_disability_subsidy",
    title="正在享受残疾人两项补贴",
    select="""
    SELECT DISTINCT e.person_id, 1 FROM benefits_entitlement e
    WHERE e.benefit IN ('living_subsidy', 'nursing_subsidy') AND e.state IN ('active', 'suspended')
      AND e.region_id BETWEEN %(first)s AND %(last)s AND e.since_month <= %(on)s
      AND (e.until_month IS NULL OR e.until_month >= date_trunc('month', %(on)s::date))
      AND (%(only)s::bigint[] IS NULL OR e.person_id = ANY(%(only)s))
    """,
)
