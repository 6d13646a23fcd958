"""Everybody in a lake, Parquet to Parquet, answers as the counter does; and any household can be asked again."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.screening_people import write_people
from minzheng.datacenter.lake import store
from minzheng.datacenter.lake.province import answer_everybody, open_county, read_block
from minzheng.datacenter.lake.trace import decide_again
from minzheng.foundation.rules import Population, default_counter

WANT, ON, SET = ("size", "income", "dibao", "family_amount"), "2021-09-01", "hunan"


@pytest.fixture
def population():
    return Population(default_counter(), WANT, ON, SET)


@pytest.fixture
def counties(tmp_path, population, monkeypatch):
    monkeypatch.setattr(store, "BLOCK", 700)
    return write_people(tmp_path / "lake", 6_000, population.plan, county=4_000)


def answers(folder):
    files = sorted(folder.rglob("*.parquet"))
    return pa.concat_tables(
        [pq.read_table(file, partitioning=None) for file in files], promote_options="permissive"
    )


def test_it_answers_everybody_as_the_counter_does_and_traces_whom_one_asks(counties, population, tmp_path):
    households = answer_everybody(population, counties, tmp_path / "out")
    said = {row["key"]: row for row in answers(tmp_path / "out").to_pylist()}
    assert len(said) == households > 2_000
    chosen = [key for key, row in said.items() if row["dibao"] is not False][:60]
    for county in counties:
        keys = set(
            pq.read_table(next(county.glob("households-*")), columns=["key"], partitioning=None)[
                "key"
            ].to_pylist()
        )
        for key in keys & set(chosen):
            decision = decide_again(county, key, ON, SET, WANT)
            assert {name: decision[name] for name in WANT} == {name: said[key][name] for name in WANT}
            assert "低保家庭" in decision.explain()
    assert {said[key]["dibao"] for key in chosen} == {True, None}
    with pytest.raises(KeyError):
        decide_again(counties[0], 1, ON, SET, WANT)


def test_a_block_holds_the_members_of_its_households(counties):
    county = open_county(counties[0])
    assert county.blocks > 1
    whole = pq.read_table(counties[0] / county.manifest.member_file, partitioning=None)
    parts = [
        read_block(county, block, ["key", "members"], ["alive", "wage", "birth_date"])
        for block in range(county.blocks)
    ]
    for households, members in parts:
        assert households.table["members"].to_numpy().sum() == members.rows
        assert "alive" in members.truths
    for name in ("alive", "wage", "birth_date"):
        columns = [members.column(name) for _, members in parts]
        values = np.concatenate([values for values, _ in columns])
        known = np.concatenate([np.ones(len(v), bool) if k is None else k for v, k in columns])
        read = [value.item() if sure else None for value, sure in zip(values, known, strict=True)]
        assert read == whole[name].to_pylist()


def test_the_manifest_says_what_is_the_same_for_everybody(counties):
    manifest = open_county(counties[0]).manifest
    assert manifest.same["outside_obligor"] is False
    assert manifest.same["obligor_supported"] == 1
    assert "wage" not in manifest.same
    assert manifest.unknown == ["deposits", "wage"]
    assert len(manifest.regions) == 1
