"""Who sees these tables' rows from the web (accounts/walls/words.py)."""

from minzheng.foundation.accounts.walls.words import not_personal, region, through

_PROVIDER = "provider_id = ANY ((SELECT walls.organisations())::bigint[])"
# An order that nobody has accepted is offered to every provider whose contract there covers it.
_OFFERED = """
    state = 'asked' AND provider_id IS NULL AND left(region_id, 6) || kind IN (
        SELECT left(c.region_id, 6) || k FROM services_contract c, unnest(c.kinds) AS k
        WHERE c.provider_id = ANY ((SELECT walls.organisations())::bigint[]))
"""

WALLS = {
    "services.Needs": region(own=["person"]),
    "services.Contract": not_personal("政府购买服务合同依法公开（财政部令第102号 第二十二条）"),
    # Who comes is known to whoever sees the order: the elder, the family, the village.
    "services.Worker": region().or_when(
        f"{_PROVIDER} OR EXISTS (SELECT FROM services_order o WHERE o.worker_id = {{key}})"
    ),
    "services.Order": region(own=["person"]).or_when(f"{_PROVIDER} OR ({_OFFERED})"),
    "services.Order_photos": through("order"),
    "services.Complaint": through("order"),
    "services.Settlement": region(),
    "services.Statement": region().or_when(_PROVIDER),
}

# Whom a provider serves, from the acceptance on; and who the providers are, wherever they are registered.
KNOWN = {
    "organisations.Organisation": "EXISTS (SELECT FROM services_contract c WHERE c.provider_id = wanted)",
    "people.Person": """
        EXISTS (SELECT FROM services_order r WHERE r.person_id = wanted
                AND r.provider_id = ANY ((SELECT walls.organisations())::bigint[]))
    """
}
