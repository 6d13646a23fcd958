"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

_PROVIDER = "provider_id = ANY ((SELECT walls.organisations())::bigint[])"
# An order that nobody has accepted is offered to every provider whose contract there covers it.
_OFFERED = """
    state = 'asked' AND provider_id IS NULL AND left(region_id, 6) || kind IN (
        SELECT left(c.region_id, 6) || k FROM services_contract c, unnest(c.kinds) AS k
        WHERE c.provider_id = ANY ((SELECT walls.organisations())::bigint[]))
"""

# A family orders and confirms for those it lives with, and for the elder who agreed to it.
_FAMILY = """
    person_id IN (SELECT m.person_id FROM people_membership m
                  WHERE m.household_id = ANY ((SELECT walls.homes())::bigint[]) AND m.until IS NULL)
    OR person_id IN (SELECT r.elder_id FROM services_representative r
                     WHERE r.agent_id = (SELECT walls.person()) AND r.confirmed_on IS NOT NULL AND r.ended_on IS NULL)
"""

WALLS = {
    "services.Needs": region(own=["person"]),
    "services.Contract": not_personal("政府购买服务合同依法公开（财政部令第102号 第二十二条）"),
    # Who comes is known to whoever sees the order: the elder, the family, the village.
    "services.Worker": region().or_when(
        f"{_PROVIDER} OR EXISTS (SELECT FROM services_order o WHERE o.worker_id = {{key}})"
    ),
    "services.Order": region(own=["person"]).or_when(f"{_PROVIDER} OR ({_OFFERED}) OR ({_FAMILY})"),
    "services.Order_photos": through("order"),
    "services.Complaint": through("order"),
    "services.Amendment": not_personal("合同的变更随合同公开"),
    "services.Representative": region(own=["agent", "elder"]),
    "services.Representative_proofs": through("representative"),
    "services.Settlement": region(),
    "services.Statement": region().or_when(_PROVIDER),
}

# Whom a provider serves, from the acceptance on; the two sides of a representation; and who the providers are, wherever they are registered.
KNOWN = {
    "organisations.Organisation": "EXISTS (SELECT FROM services_contract c WHERE c.provider_id = wanted)",
    "people.Person": """
        EXISTS (SELECT FROM services_order r WHERE r.person_id = wanted
                AND r.provider_id = ANY ((SELECT walls.organisations())::bigint[]))
        OR EXISTS (SELECT FROM services_representative r
                   WHERE r.elder_id = wanted AND r.agent_id = walls.person() AND r.confirmed_on IS NOT NULL
                     AND r.ended_on IS NULL)
        OR EXISTS (SELECT FROM services_representative r
                   WHERE r.agent_id = wanted AND r.elder_id = walls.person() AND r.ended_on IS NULL)
    """,
}
