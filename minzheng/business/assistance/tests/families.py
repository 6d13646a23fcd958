"""Families of the worked examples, as they would fill in the form (handbook §12)."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.people.id_numbers import check_character


def identity(first_17: str) -> str:
    """A valid number that belongs to nobody we know of."""
    return first_17 + check_character(first_17)


FATHER = identity("43122719750110003")
CHILD = identity("43122720100605004")
NOBODY_ELSE = {"has_obligors": False, "obligors": []}


def member(name: str, id_no: str, relation: str, **more: Any) -> dict[str, Any]:
    """A member without any income, able to work."""
    closer = {} if relation in ("本人", "配偶") else {"lives_with_family": True, "legally_supported": True}
    return {
        "name": name,
        "id_no": id_no,
        "relation": relation,
        **closer,
        "labour_ability": "有",
        "employed": False,
        "disability_type": "无",
        "education": "不在学",
        "income_kinds": ["none"],
        **more,
    }


def monthly(yuan: int) -> dict[str, Any]:
    return {"fen": yuan * 100, "period": "month"}


def application(members: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A complete form for the members; a house of their own and nothing else."""
    return {
        "category": "城市",
        "address": "新村三组12号",
        "phone": "13787451234",
        "reason": "疾病",
        "members": members,
        **NOBODY_ELSE,
        "asset_kinds": ["deposits"],
        "deposits": 200_000,
        "houses": 1,
        "buildings": [{"kind": "自建房", "area": 90, "rights": "自有"}],
        "cars": 0,
        "has_vehicles": False,
        "bank_name": "新晃农村商业银行",
        "bank_account": "6217000000000000003",
        "related_staff": False,
        "promise": True,
        **more,
    }


def ex01(applicant_id_no: str, wage: int = 1020) -> dict[str, Any]:
    """EX01: three members, 1020 a month in all, urban, property in rule: 630.00 a month."""
    return application(
        [
            member(
                "杨秀英", applicant_id_no, "本人", income_kinds=["wage"], wage=monthly(wage), employed=True
            ),
            member("吴永贵", FATHER, "配偶", labour_ability="无"),
            member("吴小宝", CHILD, "子女", education="义务教育", labour_ability="无"),
        ]
    )


def ex02(applicant_id_no: str) -> dict[str, Any]:
    """EX02: two members, 1100 a month: 550 a head is not below the standard of 550."""
    return application(
        [
            member(
                "杨秀英", applicant_id_no, "本人", income_kinds=["wage"], wage=monthly(1100), employed=True
            ),
            member("吴永贵", FATHER, "配偶", labour_ability="无"),
        ]
    )
