"""How far somebody's ability is lost on a day, as the registers say it (fact `ability_grade`); unknown is unknown."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from minzheng.business.elderly.institutions.models.beds import LEVELS
from minzheng.foundation.people.facts import sheets_merged

LEVEL_OF = {title: level for level, title in LEVELS}


def level_of(person: int, on: dt.date) -> int | None:
    """0 (能力完好) … 4 (完全失能); None where no assessment is valid that day."""
    return levels_of([person], on).get(person)


def levels_of(persons: list[int], on: dt.date) -> dict[int, int]:
    """The same for many, in one statement; whoever has no valid assessment is missing."""
    merged = sheets_merged("person")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, facts->>'ability_grade' FROM ("  # noqa: S608  our own text
            f"{merged} AND person_id = ANY(%(only)s) GROUP BY person_id) AS known",
            {"on": on, "only": persons},
        )
        return {key: LEVEL_OF[grade] for key, grade in cursor.fetchall() if grade in LEVEL_OF}
