"""An item's form as JSON Schema 2020-12, from the very declaration by which the portal asks and cleans.

The schema describes cleaned answers: money in whole fen, dates as ISO dates. What it cannot say (an identity number's
check digit, a date in the past, how answers agree) is judged by the same cleaning as on the screens.
"""

from __future__ import annotations

from typing import Any

from minzheng.foundation.forms import Form, Group, Question
from minzheng.foundation.forms.questions import When

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID_NO = r"^[0-9]{17}[0-9Xx]$"
Schema = dict[str, Any]


def schema_of(form: Form, title: str) -> Schema:
    properties, required, conditions = _parts(tuple(form.parts))
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        **({"allOf": conditions} if conditions else {}),
    }


def _parts(parts: tuple[Question | Group, ...]) -> tuple[dict[str, Schema], list[str], list[Schema]]:
    """(properties, keys that are always asked and required, conditions of the others)."""
    properties: dict[str, Schema] = {}
    required: list[str] = []
    conditions: list[Schema] = []
    local = {part.key for part in parts}
    for part in parts:
        properties[part.key] = _group(part) if isinstance(part, Group) else _question(part)
        needed = part.min > 0 if isinstance(part, Group) else part.required
        if part.show_if is not None:
            properties[part.key]["x-asked-if"] = {
                "key": part.show_if.key,
                "values": list(part.show_if.values),
            }
        if needed and part.show_if is None:
            required.append(part.key)
        elif needed and part.show_if is not None and part.show_if.key in local:
            conditions.append({"if": _holds(part.show_if), "then": {"required": [part.key]}})
    return properties, required, conditions


def _holds(condition: When) -> Schema:
    one_of = {"enum": list(condition.values)}
    several = {"type": "array", "contains": one_of}
    return {"properties": {condition.key: {"anyOf": [one_of, several]}}, "required": [condition.key]}


def _group(group: Group) -> Schema:
    properties, required, conditions = _parts(group.questions)
    row = {
        "type": "object",
        "title": group.row_name,
        "properties": properties,
        "required": required,
        **({"allOf": conditions} if conditions else {}),
    }
    told = {"description": group.hint} if group.hint else {}
    return {
        "type": "array",
        "title": group.label,
        "items": row,
        "minItems": group.min,
        "maxItems": group.max,
        **told,
    }


def _question(question: Question) -> Schema:
    told: Schema = {"title": question.label, "x-kind": question.kind}
    if question.hint:
        told["description"] = question.hint
    if question.unit:
        told["x-unit"] = question.unit
    if question.tense != "any":
        told["x-tense"] = question.tense
    return _value(question) | told


def _value(question: Question) -> Schema:
    options = [{"const": value, "title": label} for value, label in question.options]
    match question.kind:
        case "text" | "long_text":
            return {
                "type": "string",
                "maxLength": question.max or (2000 if question.kind == "long_text" else 120),
            }
        case "name":
            return {"type": "string", "minLength": 2, "maxLength": 60}
        case "id_no":
            return {"type": "string", "pattern": ID_NO}
        case "phone":
            return {"type": "string", "pattern": "^(1[3-9][0-9]{9}|0[0-9]{9,11})$"}
        case "bank_account":
            return {"type": "string", "pattern": "^[0-9]{12,24}$"}
        case "date":
            return {"type": "string", "format": "date"}
        case "month":
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
        case "number":
            return {"type": "number" if question.decimals else "integer"} | _bounds(question)
        case "money":
            return {"type": "integer", "x-unit": "分"} | ({"minimum": 0} | _bounds(question))
        case "money_flow":
            flow = {
                "fen": {"type": "integer"} | ({"minimum": 0} | _bounds(question)),
                "period": {"enum": ["month", "year"]},
            }
            return {"type": "object", "properties": flow, "required": ["fen", "period"]}
        case "choice":
            return {"oneOf": options}
        case "choices":
            return {"type": "array", "items": {"oneOf": options}, "uniqueItems": True}
        case "yes_no":
            return {"type": "boolean"}
        case "agree":
            return {"const": True}
        case "region":
            return {"type": "string", "pattern": "^[0-9]{12}$"}
    most = {"maxItems": 1} if question.kind == "file" else {}
    return {"type": "array", "items": {"type": "integer"}, **most}


def _bounds(question: Question) -> Schema:
    bounds = {"minimum": question.min, "maximum": question.max}
    return {name: value for name, value in bounds.items() if value is not None}
