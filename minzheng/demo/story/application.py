"""A family's application as a helper fills it in from what is on record: nobody is asked what the records say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.assistance.dibao.form import ASSETS, INCOMES
from minzheng.foundation.people.facts import facts_documents
from minzheng.foundation.people.models import Household

NEIGHBOURS_PHONE = "14400005678"
CLOSEST = ("本人", "配偶")
SITUATION = (
    "labour_ability",
    "employed",
    "disability_type",
    "disability_grade",
    "education",
    "full_time_study",
)


def application_of(household: Household, on: dt.date, **more: Any) -> dict[str, Any]:
    """Answers to the form of A1 for the household as it is on record that day."""
    document = next(facts_documents([household], on))
    people = [membership.person for membership in household.members_on(on)]
    facts = document["household"]
    owned = [key for key, _, _ in ASSETS if facts.get(key)]
    return {
        "category": facts["category"],
        "address": household.address,
        "phone": next((person.phone for person in people if person.phone), NEIGHBOURS_PHONE),
        "reason": "缺劳力",
        "story": "村里入户时发现，家里主要靠养老金和打零工，够不上开支。",
        "members": [_member(person, said) for person, said in zip(people, document["members"], strict=True)],
        "has_obligors": False,
        "asset_kinds": owned or ["none"],
        **{key: facts[key] for key in owned},
        "houses": facts.get("houses", 1),
        "buildings": [{"kind": "自建房", "area": 90, "rights": "自有"}],
        "cars": facts.get("cars", 0),
        "has_vehicles": False,
        "bank_name": household.head.bank_name,
        "bank_account": household.head.bank_account,
        "related_staff": False,
        "promise": True,
        **more,
    }


def _member(person: Any, said: dict[str, Any]) -> dict[str, Any]:
    earned = [key for key, _, _ in INCOMES if said.get(key)]
    answers = {
        "name": person.name,
        "id_no": person.id_no,
        "relation": said["relation"],
        "labour_ability": "无",
        "employed": False,
        "disability_type": "无",
        "education": "不在学",
        **{key: said[key] for key in SITUATION if key in said},
        "income_kinds": earned or ["none"],
        **{key: {"fen": said[key], "period": "year"} for key in earned},
    }
    if said["relation"] not in CLOSEST:
        answers["lives_with_family"] = said.get("lives_with_family", True)
        answers["legally_supported"] = said.get("legally_supported", True)
    if said["relation"] == "子女" and "independent" in said:
        answers["independent"] = said["independent"]
    return answers
