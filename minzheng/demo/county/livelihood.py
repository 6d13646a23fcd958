"""What a family lives on: facts for its fact sheets (names and units of facts.yaml; money is fen, flows are a year).

The amounts are aimed at a share of the local standard, so that the screening has poor, near-poor and other
families to tell apart. LINE only aims; who is entitled is decided by the rules alone.
"""

from __future__ import annotations

from random import Random

from minzheng.demo.county.families import FATHER, GRANDDAUGHTER, GRANDSON, MOTHER, Family, Someone

YUAN = 100
LINE = {"urban": 6600 * YUAN, "rural": 4300 * YUAN}
PENSION_CENTRAL = 143 * 12 * YUAN
NOTHING = (
    "wage",
    "business_income",
    "property_income",
    "resident_pension",
    "transfer_received",
    "other_income",
)
NO_PROPERTY = ("deposits", "securities", "insurance_value", "claims", "internet_finance", "cars")


def give_livelihood(family: Family, random: Random) -> None:
    """Fill in the facts of the family and of every member."""
    for member in family.members:
        _describe(member, random)
    family.poor = random.random() < _chance_of_poverty(family)
    counted = [member for member in family.members if not member.facts.get("independent")]
    near = random.random() < 0.06
    share = (
        random.uniform(0.1, 0.9)
        if family.poor
        else random.uniform(1.05, 1.45)
        if near
        else random.uniform(1.9, 9)
    )
    _earn(counted, int(LINE[family.category] * len(counted) * share), random)
    _own(family, random, near)


def _chance_of_poverty(family: Family) -> float:
    able = sum(1 for member in family.members if member.facts.get("labour_ability") == "有")
    if able == 0:
        return 0.17
    return 0.12 if len(family.members) - able >= 2 * able else 0.035


def _describe(member: Someone, random: Random) -> None:
    age, facts = member.age(), member.facts
    facts.update(dict.fromkeys(NOTHING, 0))
    if member.relation in (FATHER, MOTHER, GRANDSON, GRANDDAUGHTER):
        facts.update(legally_supported=True, lives_with_family=True)
    if 3 <= age < 22:
        stage = "学前" if age < 6 else "义务教育" if age < 15 else "高中或中职" if age < 18 else "本科"
        studies = age < 15 or random.random() < (0.9 if age < 18 else 0.45)
        facts.update(full_time_study=studies, education=stage if studies else "不在学")
    if age >= 17 and member.relation in ("子", "女"):  # of age before the year is over
        independent = not facts.get("full_time_study")
        facts.update(
            independent=independent, legally_supported=not independent, lives_with_family=not independent
        )
    if random.random() < (0.015 if age < 40 else 0.045 if age < 65 else 0.09):
        facts["disability_type"] = random.choices(
            ("肢体", "视力", "听力", "智力", "精神"), (52, 14, 16, 9, 9)
        )[0]
        facts["disability_grade"] = random.choices(("一级", "二级", "三级", "四级"), (14, 26, 30, 30))[0]
        facts["care_months"] = 12 + member.birth.toordinal() % 200
    if random.random() < (0.006 if age < 45 else 0.025):
        facts["serious_illness"] = True
    severe = facts.get("disability_grade") in ("一级", "二级") or facts.get("serious_illness")
    if age >= 16:
        facts["labour_ability"] = "无" if severe or age >= 70 else "部分" if age >= 60 else "有"
        facts["employed"] = (
            facts["labour_ability"] == "有" and not facts.get("full_time_study") and random.random() < 0.8
        )
    if age >= 60:
        facts["resident_pension"] = PENSION_CENTRAL + random.randint(15, 75) * 12 * YUAN
        facts["resident_pension_central"] = PENSION_CENTRAL
    if age >= 80:
        facts["old_age_allowance"] = 50 * 12 * YUAN


def _earn(members: list[Someone], target: int, random: Random) -> None:
    """Spread about `target` fen a year over those who can bring it home."""
    rest = target - sum(int(m.facts["resident_pension"]) for m in members)  # type: ignore[call-overload]
    if rest <= 0:
        return
    earners = [member for member in members if member.facts.get("employed")]
    if not earners:
        adults = [member for member in members if member.age() >= 16] or members[:1]
        adults[0].facts["transfer_received" if adults[0].age() >= 60 else "other_income"] = (
            rest // YUAN * YUAN
        )
        return
    for member in earners:
        kind = random.choices(("wage", "business_income"), (65, 35))[0]
        member.facts[kind] = rest // len(earners) // YUAN * YUAN


def _own(family: Family, random: Random, near: bool) -> None:
    family.facts.update(dict.fromkeys(NO_PROPERTY, 0), houses=1)
    if family.poor or near:
        limit = LINE[family.category] * len(family.members)
        family.facts["deposits"] = int(limit * random.uniform(0, 0.8)) // YUAN * YUAN
        return
    family.facts["deposits"] = int(min(random.lognormvariate(10.6, 1.1), 900_000)) * YUAN
    family.facts["cars"] = 1 if random.random() < 0.38 else 0
    family.facts["houses"] = random.choices((1, 2, 3), (84, 14, 2))[0]
    if random.random() < 0.15:
        family.facts["insurance_value"] = random.randint(2, 60) * 1000 * YUAN
    if random.random() < 0.05:
        family.facts["securities"] = random.randint(1, 80) * 1000 * YUAN
