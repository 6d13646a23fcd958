"""The nightly look: for each service of the list, who is to have it and who has it. One statement an entry and county."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.db.models.functions import Left

from minzheng.business.elderly.assessment.scale import GRADES
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import within

# Who lives there, and the latest valid grade; a family on dibao is poor by decision, not by guess.
_BASE = """
    WITH alive AS (
        SELECT p.id, p.region_id, p.birth_date FROM people_person p
        WHERE p.died_on IS NULL AND p.region_id BETWEEN %(first)s AND %(last)s
    ),
    grade AS (
        SELECT DISTINCT ON (person_id) person_id, level FROM elderly_assessment
        WHERE valid_until >= %(on)s ORDER BY person_id, assessed_on DESC, id DESC
    ),
    poor AS (
        SELECT m.person_id FROM people_membership m JOIN benefits_entitlement e ON e.household_id = m.household_id
        WHERE m.until IS NULL AND e.benefit = 'dibao' AND e.state IN ('active', 'exiting')
    )
"""
_WHO = {
    "allowance": """
        SELECT a.id, a.region_id, EXISTS (
            SELECT FROM benefits_entitlement e WHERE e.person_id = a.id AND e.benefit = 'elder_allowance' AND e.state = 'active') AS given
        FROM alive a WHERE a.birth_date <= %(born_80)s""",
    "assessment": """
        SELECT a.id, a.region_id, g.person_id IS NOT NULL AS given
        FROM alive a LEFT JOIN grade g ON g.person_id = a.id WHERE a.birth_date <= %(born_65)s""",
    "care_subsidy": """
        SELECT a.id, a.region_id, EXISTS (
            SELECT FROM benefits_entitlement e WHERE e.person_id = a.id AND e.benefit = 'elder_care' AND e.state = 'active') OR EXISTS (
            SELECT FROM elderly_voucher v WHERE v.person_id = a.id AND v.expires_on >= %(on)s) AS given
        FROM alive a JOIN grade g ON g.person_id = a.id AND g.level = ANY(%(care_levels)s)
        WHERE a.birth_date <= %(born_60)s AND a.id IN (SELECT person_id FROM poor)""",
    "renovation": """
        SELECT a.id, a.region_id, EXISTS (SELECT FROM elderly_renovation r WHERE r.person_id = a.id) AS given
        FROM alive a JOIN grade g ON g.person_id = a.id AND g.level = ANY(%(renovation_levels)s)
        WHERE a.birth_date <= %(born_60)s AND a.id IN (SELECT person_id FROM poor)""",
    "visits": """
        SELECT a.id, a.region_id, v.next_due >= %(on)s AND v.last_visit IS NOT NULL AS given
        FROM alive a JOIN elderly_visited v ON v.person_id = a.id AND v.until IS NULL""",
}
_KEEP = """
    INSERT INTO elderly_guaranteed (person_id, region_id, entry, given, looked_on)
    SELECT id, region_id, %(entry)s, given, %(on)s FROM found
    ON CONFLICT (person_id, entry) DO UPDATE
        SET region_id = excluded.region_id, given = excluded.given, looked_on = excluded.looked_on
"""


def look(county: str, on: dt.date) -> int:
    """Renew the county's rows; who is no longer to have a service is taken out. Returns how many rows stand."""
    stated, prefix = figures(on, county), county[:6]
    facts = {
        "on": on,
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
        "born_60": add_months(on, -12 * stated("visiting_first_age")),
        "born_65": add_months(on, -12 * stated("basic_assessment_age")),
        "born_80": add_months(on, -12 * stated("elder_allowance_first_age")),
        "care_levels": [GRADES.index(one) for one in stated("elder_care_grades")],
        "renovation_levels": [GRADES.index(one) for one in stated("renovation_grades")],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for entry, who in _WHO.items():
            cursor.execute(f"{_BASE}, found AS ({who}) {_KEEP}", facts | {"entry": entry})
        rows = Guaranteed.objects.filter(within(prefix))
        rows.filter(looked_on__lt=on).delete()
        return rows.count()


def look_everywhere(on: dt.date) -> int:
    """Every county in which families are kept."""
    homes = (
        Household.objects.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct()
    )
    return sum(look(county.ljust(12, "0"), on) for county in homes)
