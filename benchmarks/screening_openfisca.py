"""The same policy for OpenFisca-Core, as its own community writes one: a class per variable, formulas on whole columns.

OpenFisca has no unknowns, so what nobody said goes in as its default, zero; its answers are compared where ours is
certain, which by Kleene's logic cannot depend on what is unknown. Amounts are whole fen in its 32-bit `int`, because its
`float` has only 24 bits. What the standards of the place leave without effect is left out, as in the hand-written SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = build_entity("person", "persons", "Person", is_person=True)
HOUSEHOLD = build_entity(
    "household", "households", "Household", roles=[{"key": "member", "plural": "members"}]
)
MONTH = "2021-09"
AMOUNTS = ("deposits", "securities", "insurance_value", "claims", "internet_finance")
HOUSEHOLD_FACTS = ("category", "rigid_deduction", *AMOUNTS, "houses", "cars")
TRUTHS = (
    *("alive", "outside_obligor", "on_tekun", "full_time_study"),
    *("independent", "legally_supported", "lives_with_family"),
)
NUMBERS = (
    *("birth_date", "relation", "custody_status", "clergy_years", "education", "wage", "business_income"),
    *("property_income", "other_income", "resident_pension", "resident_pension_central"),
    *("transfer_received", "transfer_paid", "support_agreed"),
)


def variable(name: str, entity: Any, kind: type, formula: Any = None) -> type[Variable]:
    """A variable class: an input without a formula, else a rule."""
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.MONTH}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def rules(law: dict[str, int], on: int) -> Iterable[type[Variable]]:
    """`law`: the standards in force on the day `on` (YYYYMMDD)."""

    def years_old(person, period):
        birth = person("birth_date", period)
        return on // 10000 - birth // 10000 - (birth % 10000 > on % 10000)

    def excluded_member(person, period):
        away = person("clergy_years", period) >= law["clergy_years_away"]
        return ((law["excluded_statuses"] >> person("custody_status", period)) & 1 == 1) | away

    def family_by_law(person, period):
        relation, years = person("relation", period), person("years_old", period)
        studies = (law["dependent_education"] >> person("education", period)) & 1 == 1
        dependent = (person("full_time_study", period) & studies) | ~person("independent", period)
        supported = person("legally_supported", period) & person("lives_with_family", period)
        child = (relation == 2) & ((years < law["adult_age"]) | dependent)
        return (relation <= 1) | child | ((relation > 1) & supported)

    def counted(person, period):
        apart = (
            person("outside_obligor", period) | person("on_tekun", period) | person("excluded_member", period)
        )
        return person("alive", period) & ~apart & person("family_by_law", period)

    def counted_pension(person, period):
        pension = person("resident_pension", period)
        return np.where(
            pension > 0, np.maximum(pension - person("resident_pension_central", period), 0), pension
        )

    def personal_income(person, period):
        parts = ("wage", "business_income", "property_income", "other_income", "counted_pension")
        return np.where(person("counted", period), sum(person(part, period) for part in parts), 0)

    def size(household, period):
        return household.sum(household.members("counted", period))

    def income(household, period):
        def counted_sum(name):
            return household.sum(
                np.where(household.members("counted", period), household.members(name, period), 0)
            )

        transfer = np.maximum(counted_sum("transfer_received") - counted_sum("transfer_paid"), 0)
        obligor = household.members("outside_obligor", period)
        support = household.sum(np.where(obligor, household.members("support_agreed", period), 0))
        earned = household.sum(household.members("personal_income", period))
        return np.maximum(earned + transfer + support - household("rigid_deduction", period), 0)

    def dibao_standard(household, period):
        return np.where(household("category", period) == 0, law["dibao_urban"], law["dibao_rural"])

    def assets_within(household, period):
        monthly = (household("dibao_standard", period) * 2 + 12) // 24
        limit = monthly * law["financial_assets_months"] * household("size", period)
        return sum(household(name, period) for name in AMOUNTS) <= limit

    def things_within(household, period):
        cars = household("cars", period) <= law["cars_most"]
        return (household("houses", period) <= law["houses_most"]) & cars

    def dibao(household, period):
        people = household("size", period)
        poor = household("income", period) < household("dibao_standard", period) * people
        within = household("assets_within", period) & household("things_within", period)
        return (people > 0) & poor & within

    def family_amount(household, period):
        gap = household("dibao_standard", period) * household("size", period) - household("income", period)
        return np.where(household("dibao", period), (gap * 2 + 12) // 24, 0)

    for formula in (years_old, excluded_member, family_by_law, counted, counted_pension, personal_income):
        kind = bool if formula in (excluded_member, family_by_law, counted) else int
        yield variable(formula.__name__, PERSON, kind, formula)
    for formula in (size, income, dibao_standard, assets_within, things_within, dibao, family_amount):
        kind = bool if formula in (assets_within, things_within, dibao) else int
        yield variable(formula.__name__, HOUSEHOLD, kind, formula)


def country(law: dict[str, int], on: int) -> TaxBenefitSystem:
    system = TaxBenefitSystem([PERSON, HOUSEHOLD])
    for name in HOUSEHOLD_FACTS:
        system.add_variable(variable(name, HOUSEHOLD, int))
    for name in NUMBERS:
        system.add_variable(variable(name, PERSON, int))
    for name in TRUTHS:
        system.add_variable(variable(name, PERSON, bool))
    for rule in rules(law, on):
        system.add_variable(rule)
    return system


def run(counties: list[Path], out: Path, law: dict[str, int], on: int, *, together: bool) -> None:
    """All counties in one simulation, or (in far less memory) one after the other."""
    system = country(law, on)
    for number, group in enumerate([counties] if together else [[county] for county in counties]):
        pq.write_table(
            answers(system, group), out / f"{number:04d}.parquet", compression="lz4", use_dictionary=False
        )


def answers(system: TaxBenefitSystem, counties: list[Path]) -> pa.Table:
    def read(what: str, columns: list[str]) -> pa.Table:
        files = [next(county.glob(f"{what}-*.parquet")) for county in counties]
        return pa.concat_tables(
            [pq.read_table(file, columns=columns, partitioning=None) for file in files],
            promote_options="permissive",
        )

    households = read("households", ["key", "members", *HOUSEHOLD_FACTS])
    members = read("members", [*NUMBERS, *TRUTHS])
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(members.num_rows))
    families = builder.declare_entity("household", np.arange(households.num_rows))
    owner = np.repeat(np.arange(households.num_rows), households["members"].to_numpy())
    builder.join_with_persons(families, owner, roles=np.zeros(members.num_rows, np.int64))
    simulation = builder.build(system)
    for table, names in ((households, HOUSEHOLD_FACTS), (members, (*NUMBERS, *TRUTHS))):
        for name in names:
            column = table[name].fill_null(False if name in TRUTHS else 0)
            simulation.set_input(name, MONTH, column.to_numpy())
    wanted = {
        name: simulation.calculate(name, MONTH) for name in ("size", "income", "dibao", "family_amount")
    }
    return pa.table({"key": households["key"], **wanted})
