"""The same kernel on Spark, for a department that runs its data on a cluster: counties are spread over the executors.

Each executor reads its counties' snapshots itself, so the lake must lie where all of them reach it, and `minzheng` must
be installed there. Needs the dependency group `spark` (PySpark, and pandas, which it asks for) and Java 17 or later;
nothing else in the program does.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from minzheng.datacenter.lake.province import Asked, open_county
from minzheng.foundation.rules import Population, default_counter

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    Question = tuple[tuple[str, ...], str, str, tuple[str, ...], frozenset[str], frozenset[str]]


def local_cluster(executors: int = 2, cores: int = 1, megabytes: int = 2048) -> SparkSession:
    """Spark on this machine, with real processes beside each other: to try it, and for the tests."""
    from pyspark.sql import SparkSession

    found = importlib.util.find_spec("pyspark")
    assert found is not None and found.submodule_search_locations
    # executors are started by Spark's own scripts, which pip puts into the package
    os.environ.setdefault("SPARK_HOME", found.submodule_search_locations[0])
    return (
        SparkSession.builder.master(f"local-cluster[{executors},{cores},{megabytes}]")
        .appName("minzheng")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", f"{megabytes}m")
        # the executors find the same modules as this process
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(path or os.getcwd() for path in sys.path))
        .getOrCreate()
    )


def answer_on_spark(
    spark: SparkSession, want: Iterable[str], on: str, standards: str, folders: Iterable[Path]
) -> DataFrame:
    """key and the wanted rules of every household in these snapshots, like province.answer_everybody; null is undetermined."""
    folders = [str(folder.resolve()) for folder in folders]
    counties = [open_county(Path(folder)) for folder in folders]
    asked = Asked.of(Population(default_counter(), want, on, standards), counties)
    regions = tuple(sorted({region for county in counties for region in county.regions}))
    question = (asked.population.plan.want, on, standards, regions, asked.flagged, asked.wide)

    import pyarrow as pa

    def answer(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        asked = _asked(question)
        for batch in batches:
            for folder in batch["folder"].to_pylist():
                county = open_county(Path(folder))
                for block in range(county.blocks):
                    table = asked.answer(county, block)
                    # one schema for all blocks, whether or not one of them is all determined
                    yield from pa.table(table.columns, names=table.column_names).to_batches()

    kinds = asked.population.plan.law.kinds
    types = {name: "boolean" if kinds[name].name == "bool" else "long" for name in asked.population.plan.want}
    schema = ", ".join(["key long", *(f"{name} {kind}" for name, kind in types.items())])
    rows = spark.createDataFrame([(folder,) for folder in folders], "folder string")
    return rows.repartition(max(len(folders), 1)).mapInArrow(answer, schema)


@functools.lru_cache(maxsize=8)
def _asked(question: Question) -> Asked:
    """Once in each of an executor's processes."""
    want, on, standards, regions, flagged, wide = question
    return Asked(Population(default_counter(), want, on, standards).narrowed(regions), flagged, wide)
