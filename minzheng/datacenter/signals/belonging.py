"""Who belongs to which group: all group rules of a county in one fused pass, benefit groups from the rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from minzheng.datacenter.signals.facts import columns_for
from minzheng.datacenter.signals.groups import Group, rules_of
from minzheng.foundation.people.population import Columns
from minzheng.foundation.rules import Population, default_counter

if TYPE_CHECKING:
    import numpy as np

HOLDERS = """
SELECT DISTINCT person_id FROM benefits_entitlement
WHERE benefit = ANY(%(benefits)s) AND state IN ('active', 'suspended') AND region_id BETWEEN %(first)s AND %(last)s
  AND since_month <= %(on)s AND (until_month IS NULL OR until_month >= date_trunc('month', %(on)s::date))
"""


@dataclass(frozen=True)
class Belonging:
    """For each group, by code: which households (a truth value a row), how many people, how many stayed open."""

    columns: Columns
    households: dict[str, np.ndarray]
    people: dict[str, np.ndarray]  # people of the group in each household
    undetermined: dict[str, np.ndarray]  # households whose belonging is not known


def belonging(groups: Sequence[Group], prefix: str, on: dt.date) -> Belonging:
    """Everybody of a region (code prefix) as things stand on a day."""
    import numpy as np

    counter = default_counter()
    population = Population(counter, rules_of(groups), on, settings.STANDARDS_SET)
    columns = columns_for(prefix, on, [*population.plan.household_facts, *population.plan.person_facts])
    answers = population.run(
        columns.households, columns.members, columns.member_count, columns.region_index, columns.regions
    )
    home, size = columns.household_row(), len(columns.household_ids)
    found = Belonging(columns, {}, {}, {})
    for group in groups:
        if group.rule and population.plan.law.rules[group.rule].entity == "household":
            values, known = answers[group.rule]
            belongs, open_rows = values & known, ~known
            people = np.where(belongs, columns.member_count, 0)
        else:
            if group.rule:
                values, known = answers[group.rule]
            else:
                values = np.isin(columns.person_ids, _holders(group, prefix, on))
                known = np.ones(len(values), bool)
            people = np.bincount(home[values & known], minlength=size)
            belongs, open_rows = people > 0, np.bincount(home[~known], minlength=size) > 0
        found.households[group.code] = belongs
        found.people[group.code] = people
        found.undetermined[group.code] = open_rows & ~belongs
    return found


def _holders(group: Group, prefix: str, on: dt.date) -> np.ndarray:
    import numpy as np

    scope = {
        "benefits": list(group.benefits),
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, scope)
        return np.fromiter((person for (person,) in cursor), np.int64)
