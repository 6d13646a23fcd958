"""By probability: Splink (Fellegi–Sunter) on DuckDB, over the few people that a row could be about at all.

The weights are fixed, not learned from each file: the same row gives the same probability today and next year, and
an officer can be told why. m: how often the same person's records agree so; u: how often two strangers' do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.db import connection

from minzheng.datacenter.deliveries.matching.rules import MOST_EACH
from minzheng.foundation.crypto.bulk import field_of
from minzheng.foundation.people.models import Person

# Whoever shares neither name nor birth date with a row is not looked at.
NEAR = """
SELECT p.id, translate(p.name, ' 　·•.', ''), p.birth_date::text, p.id_no, r.name || p.address
FROM people_person p JOIN regions_region r ON r.code = p.region_id
WHERE p.region_id BETWEEN %(first)s AND %(last)s AND (p.birth_date IN (SELECT birth_date FROM delivery_open)
   OR translate(p.name, ' 　·•.', '') IN (SELECT name FROM delivery_open))
"""
OPEN = "SELECT number, name, birth_date::text, nullif(typed_no, ''), address FROM delivery_open"
COLUMNS = ("unique_id", "name", "birth_date", "id_no", "address")
SAME, ONE_OFF, NEARLY = "相同", "差一字", "相近"


def candidates(scope: dict[str, Any], least: int) -> list[tuple[int, int, str, int]]:
    """(row number, person, why, percent) of the likeliest people, at most three a row."""
    rows, people = _table(_rows(OPEN, scope)), _table(_people(scope))
    if not len(people):
        return []
    import duckdb
    from splink import DuckDBAPI, Linker

    with duckdb.connect() as base:
        api = DuckDBAPI(base)
        linker = Linker(
            [
                api.register(rows, dataset_display_name="rows"),
                api.register(people, dataset_display_name="people"),
            ],
            _model(len(people)),
            log_level=logging.ERROR,
        )
        found = linker.inference.predict(threshold_match_probability=0.01).as_pyarrow_table().to_pylist()
    of_row: dict[int, list[dict[str, Any]]] = {}
    for pair in found:
        if pair["source_dataset_l"] != "rows":
            pair["unique_id_l"], pair["unique_id_r"] = pair["unique_id_r"], pair["unique_id_l"]
        of_row.setdefault(pair["unique_id_l"], []).append(pair)
    return [one for number, pairs in of_row.items() for one in _likeliest(number, pairs, least)]


def _likeliest(number: int, pairs: list[dict[str, Any]], least: int) -> Iterator[tuple[int, int, str, int]]:
    """A row is about one person at most, so its candidates share what certainty there is.

    Two people who fit equally well are both proposed with a half: that somebody fits is certain enough.
    """
    odds = {pair["unique_id_r"]: 2.0 ** min(pair["match_weight"], 60) for pair in pairs}
    whole, best = 1 + sum(odds.values()), max(odds.values())
    if 100 * (whole - 1) < least * whole:
        return
    for pair in sorted(pairs, key=lambda pair: -odds[pair["unique_id_r"]])[:MOST_EACH]:
        mine = odds[pair["unique_id_r"]]
        if mine * 10 >= best:
            # never 100: it is a likelihood
            yield number, pair["unique_id_r"], _why(pair), min(int(100 * mine / whole), 99)


def _model(people: int) -> dict[str, Any]:
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 1 / max(people, 2),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.birth_date = r.birth_date"},
            {"blocking_rule": "l.name = r.name"},
        ],
        "comparisons": [
            _comparison(
                "name",
                (SAME, "name_l = name_r", 0.9, 0.002),
                (ONE_OFF, "length(name_l) = length(name_r) AND levenshtein(name_l, name_r) = 1", 0.07, 0.03),
            ),
            _comparison(
                "birth_date",
                (SAME, "birth_date_l = birth_date_r", 0.93, 0.0005),
                (ONE_OFF, "levenshtein(birth_date_l, birth_date_r) <= 2", 0.05, 0.02),
            ),
            _comparison("id_no", (NEARLY, "levenshtein(id_no_l, id_no_r) <= 2", 0.9, 0.000001)),
            _comparison("address", (NEARLY, "jaccard(address_l, address_r) > 0.6", 0.6, 0.05)),
        ],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(column: str, *levels: tuple[str, str, float, float]) -> dict[str, Any]:
    """Levels as (label, SQL, m, u); what is left over agrees in none, what is missing says nothing."""
    missing = {
        "sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL",
        "label_for_charts": "缺",
        "is_null_level": True,
    }
    said = [
        {"sql_condition": sql, "label_for_charts": label, "m_probability": m, "u_probability": u}
        for label, sql, m, u in levels
    ]
    rest_m, rest_u = 1 - sum(level[2] for level in levels), 1 - sum(level[3] for level in levels)
    other = {
        "sql_condition": "ELSE",
        "label_for_charts": "不同",
        "m_probability": rest_m,
        "u_probability": rest_u,
    }
    return {"output_column_name": column, "comparison_levels": [missing, *said, other]}


def _why(pair: dict[str, Any]) -> str:
    titles = {"name": "姓名", "birth_date": "出生日期", "id_no": "号码", "address": "住址"}
    levels = {
        "name": {2: SAME, 1: ONE_OFF},
        "birth_date": {2: SAME, 1: ONE_OFF},
        "id_no": {1: NEARLY},
        "address": {1: NEARLY},
    }
    said = [
        title + levels[key][level]
        for key, title in titles.items()
        if (level := pair[f"gamma_{key}"]) in levels[key]
    ]
    return "，".join(said)


def _rows(query: str, scope: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, scope)
        return cursor.fetchall()


def _people(scope: dict[str, Any]) -> list[tuple[Any, ...]]:
    opened = field_of(Person, "id_no").opened
    return [
        (key, name, born, opened(number, key), address)
        for key, name, born, number, address in _rows(NEAR, scope)
    ]


def _table(rows: list[tuple[Any, ...]]) -> pa.Table:
    kinds = (pa.int64(), *[pa.string()] * 4)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    return pa.table(
        {name: pa.array(cells, kind) for name, cells, kind in zip(COLUMNS, columns, kinds, strict=True)}
    )
