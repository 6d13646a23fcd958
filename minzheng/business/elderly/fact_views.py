"""What the registers of elder care say as facts: the grade of the latest approved assessment while it is valid."""

from minzheng.business.elderly.assessment.scale import GRADES
from minzheng.foundation.people.fact_view import FactView


def assessments_as_facts() -> str:
    grades = ", ".join(f"'{grade}'" for grade in GRADES)
    return f"""
        SELECT id, person_id,
               jsonb_build_object('ability_grade', (ARRAY[{grades}])[level + 1], 'ability_valid_until', valid_until) AS values,
               assessed_on AS since, valid_until + 1 AS until
        FROM elderly_assessment
    """  # noqa: S608  our own text


ABILITY = FactView(code="ability", title="能力评估台账", sql=assessments_as_facts)


def homes_as_facts() -> str:
    return """
        SELECT id, person_id, jsonb_build_object('in_elder_home', true) AS values, since, until
        FROM institutions_careplace WHERE kind = 'institution'
    """


HOMES = FactView(code="elder_homes", title="养老机构入住台账", sql=homes_as_facts)
