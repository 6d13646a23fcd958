"""The same kernel on two Spark executors gives, row for row, what it gives here."""

import importlib.util
import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.screening_people import write_people
from minzheng.datacenter.lake.province import answer_everybody
from minzheng.datacenter.lake.spark import answer_on_spark, local_cluster
from minzheng.foundation.rules import Population, default_counter
from minzheng.foundation.rules.deciding import line_folders
from minzheng.foundation.rules.examples import in_bulk, read_examples

WANT, ON, SET = ("size", "income", "dibao", "family_amount"), "2021-09-01", "hunan"
MISSING = [name for name in ("pyspark", "pandas") if importlib.util.find_spec(name) is None]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"没有安装 {'、'.join(MISSING)}：uv sync --group spark"),
    pytest.mark.skipif(shutil.which("java") is None, reason="没有 Java 17"),
]


@pytest.fixture(scope="module")
def spark():
    session = local_cluster()
    yield session
    session.stop()


def test_it_gives_a_hundred_thousand_people_the_same_answers(spark, tmp_path):
    population = Population(default_counter(), WANT, ON, SET)
    counties = write_people(tmp_path / "lake", 100_000, population.plan, county=25_000)
    households = answer_everybody(population, counties, tmp_path / "here")
    here = pa.concat_tables(
        [pq.read_table(file, partitioning=None) for file in (tmp_path / "here").rglob("*.parquet")],
        promote_options="permissive",
    )
    there = answer_on_spark(spark, WANT, ON, SET, counties).toArrow()
    assert there.num_rows == households > 30_000
    assert here["dibao"].null_count > 100
    assert there.sort_by("key").to_pylist() == here.sort_by("key").to_pylist()


def test_every_example_has_the_same_answers_there(spark):
    desk = default_counter()
    groups = {}
    for example in read_examples(line_folders(), desk):
        groups.setdefault((example.facts.on, example.facts.standards), []).append(example.facts)
    groups = list(groups.values())

    def answer(batches):
        for batch in batches:
            for group in batch["group"].to_pylist():
                said = json.dumps(in_bulk(default_counter(), groups[group], None))
                yield pa.RecordBatch.from_pydict({"group": [group], "said": [said]})

    asked = spark.createDataFrame([(i,) for i in range(len(groups))], "group long").repartition(2)
    there = asked.mapInArrow(answer, "group long, said string").toArrow().to_pylist()
    assert len(there) == len(groups)
    for row in there:
        decisions = [desk.decide(facts) for facts in groups[row["group"]]]
        at_the_counter = [[decision.values, list(decision.member_values)] for decision in decisions]
        assert json.loads(row["said"]) == json.loads(json.dumps(at_the_counter))
