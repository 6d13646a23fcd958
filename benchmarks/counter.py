"""One dibao decision at the counter, household of four, complete trace kept: python -m benchmarks.counter

Prints one JSON line. `walk_ms` is the peer within the same run: the same rules interpreted node by node.
"""

import json
import statistics
import time
from collections.abc import Callable

from minzheng.foundation.rules import default_counter

FAMILY = {
    "on": "2021-09-01",
    "region": "431227",
    "standards": "hunan",
    "household": {
        "category": "城市",
        "deposits": "3000元",
        "securities": 0,
        "insurance_value": 0,
        "claims": 0,
        "internet_finance": 0,
        "houses": 1,
        "cars": 0,
    },
    "each_member": {
        "wage": 0,
        "business_income": 0,
        "property_income": 0,
        "resident_pension": 0,
        "transfer_received": 0,
        "other_income": 0,
    },
    "members": [
        {"who": "父亲", "relation": "本人", "birth_date": "1980-03-09", "wage": "1020元/月"},
        {
            "who": "母亲",
            "relation": "配偶",
            "birth_date": "1982-07-01",
            "disability_type": "肢体",
            "disability_grade": "二级",
        },
        {"who": "女儿", "relation": "子女", "birth_date": "2012-09-01"},
        {
            "who": "祖母",
            "relation": "祖父母",
            "birth_date": "1944-01-20",
            "resident_pension": "188元/月",
            "resident_pension_central": "93元/月",
            "legally_supported": True,
            "lives_with_family": True,
        },
    ],
}


def timed(work: Callable[[], object], times: int = 3000) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    for _ in range(100):
        work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return {
        "median": round(statistics.median(spent), 4),
        "p95": round(statistics.quantiles(spent, n=20)[-1], 4),
    }


def main() -> None:
    counter = default_counter()
    facts = counter.facts(FAMILY)
    decision = counter.decide(facts)

    def walk() -> None:
        fresh = counter.decide(facts)
        for name in fresh.plan.rules:
            members = range(4) if fresh.law.rules[name].entity == "person" else [None]
            for member in members:
                fresh.walk.value(name, member)

    result = {
        "benchmark": "counter",
        "rules": len(decision.plan.rules),
        "monthly_payment_fen": decision["monthly_payment"],
        "decide_ms": timed(lambda: counter.decide(facts)),
        "read_and_decide_ms": timed(lambda: counter.decide(counter.facts(FAMILY))),
        "decide_and_json_ms": timed(lambda: counter.decide(facts).as_json(), 500),
        "walk_ms": timed(walk, 300),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
