"""All dibao rules over a synthetic population by the fused kernel: python -m benchmarks.population [people] [threads]

Prints one JSON line. The peer within the same run is the counter reading of a sample of the same families.
"""

import json
import sys
import time

import numpy as np

from minzheng.foundation.rules import Population, default_counter
from minzheng.foundation.rules.facts_document import Facts

WANT = ["dibao", "edge", "monthly_payment", "income", "size"]
SAMPLE = 2000


def columns(population: Population, entity: str, rows: int, rng: np.random.Generator) -> dict[str, tuple]:
    """Random columns of every fact that the rules read, one value in fifty unknown."""
    made = {}
    catalogue = population.plan.law.catalogue
    names = population.plan.household_facts if entity == "household" else population.plan.person_facts
    for name in names:
        match catalogue[name].kind.name:
            case "bool":
                values = rng.random(rows) < 0.2
            case "date":
                values = (
                    rng.integers(1940, 2021, rows) * 10000
                    + rng.integers(1, 13, rows) * 100
                    + rng.integers(1, 29, rows)
                )
            case "choice":
                values = rng.integers(0, 3, rows)
            case "int":
                values = rng.integers(0, 2, rows)
            case _:
                values = np.where(rng.random(rows) < 0.3, rng.integers(0, 800_000, rows), 0)
        made[name] = (values, rng.random(rows) < 0.98)
    return made


def main(people: int, threads: int) -> None:
    rng = np.random.default_rng(1)
    counter = default_counter()
    population = Population(counter, WANT, "2021-09-01", "hunan")
    size = rng.integers(1, 5, int(people / 2.5))
    households = columns(population, "household", len(size), rng)
    members = columns(population, "person", int(size.sum()), rng)
    index = np.zeros(len(size), np.int64)
    first = time.perf_counter()
    population.run({}, {}, np.array([1]), np.array([0]), ["431227"])
    ready = time.perf_counter()
    results = population.run(households, members, size, index, ["431227"], threads=threads)
    done = time.perf_counter()
    ends = np.cumsum(size)

    def family(i: int) -> Facts:
        def row(made: dict[str, tuple], at: int) -> dict:
            return {name: values[at].item() if known[at] else None for name, (values, known) in made.items()}

        each = tuple(row(members, j) for j in range(ends[i] - size[i], ends[i]))
        return Facts(20210901, "431227", "hunan", row(households, i), each, tuple(map(str, range(len(each)))))

    sample = [family(i) for i in range(SAMPLE)]
    start = time.perf_counter()
    decisions = [counter.decide(facts, WANT) for facts in sample]
    counter_seconds = time.perf_counter() - start
    equal = sum(
        all(decision[name] == (results[name][0][i] if results[name][1][i] else None) for name in WANT)
        for i, decision in enumerate(decisions)
    )
    per_person_bulk = (done - ready) / size.sum()
    per_person_counter = counter_seconds / size[:SAMPLE].sum()
    print(
        json.dumps(
            {
                "benchmark": "population",
                "people": int(size.sum()),
                "rules": len(population.plan.rules),
                "threads": threads,
                "load_or_compile_s": round(ready - first, 2),
                "run_s": round(done - ready, 3),
                "million_people_per_s": round(size.sum() / (done - ready) / 1e6, 2),
                "times_faster_than_counter": round(per_person_counter / per_person_bulk),
                "equal_in_sample": f"{equal}/{SAMPLE}",
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
