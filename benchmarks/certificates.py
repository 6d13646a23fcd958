"""One certificate page: engine and signature: python -m benchmarks.certificates [pages], 30 by default

Prints one JSON line. The peer within the same run is the same signature with its key unlocked anew, as pyHanko does it
for each call; asked for are less than 0.2 s of engine time and less than 1 s with the signature. Nothing is stored.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import Any

ENGINE_LIMIT, SIGNED_LIMIT = 0.2, 1.0
NAMES = ("杨㛃𬭛", "买买提·吐尔逊·阿卜杜", "吴小妹")  # rare characters, ten characters, a plain one


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def said(name: str) -> dict[str, Any]:
    return {
        "title": "结婚证", "statement": "结婚申请，符合《中华人民共和国民法典》规定，予以登记，发给此证。",
        "number": "J431227-2026-000001", "identifier": "1.2.156.3005.2", "issuer": "新晃侗族自治县民政局",
        "issued_on": "2026年5月20日", "basis": "婚姻登记条例", "note": "", "url": "https://localhost/verify/x/",
        "is_test": True, "photo": "",
        "rows": [("持证人", name), ("登记日期", "2026年5月20日"), ("结婚证字号", "J431227-2026-000001"), ("男方", name)],
    }  # fmt: skip


def measure(count: int) -> dict[str, Any]:
    from minzheng.foundation.certificates.paper import pages
    from minzheng.foundation.certificates.seals import _load, seal_of

    seal = seal_of("431227000000")
    made, engine, signing = [pages("marriage", [said(NAMES[0])])], [], []
    seal.sign(made[0], "预热", "新晃侗族自治县民政局")
    for number in range(count):
        one = said(NAMES[number % len(NAMES)])
        engine.append(seconds(lambda: made.append(pages("marriage", [one]))))  # noqa: B023
        signing.append(seconds(lambda: seal.sign(made[-1], "签发", "新晃侗族自治县民政局")))
    fresh = []
    for _ in range(5):
        _load.cache_clear()
        fresh.append(seconds(lambda: seal_of("431227000000").sign(made[-1], "签发", "新晃侗族自治县民政局")))
    both = [a + b for a, b in zip(engine, signing, strict=True)]
    return {
        "benchmark": "certificates",
        "pages": count,
        "engine_s": round(median(engine), 3),
        "signed_s": round(median(both), 3),
        "slowest_signed_s": round(max(both), 3),
        "within": max(engine) < ENGINE_LIMIT and max(both) < SIGNED_LIMIT,
        "times_faster_than_an_unlocking_key": round(median(fresh) / median(signing), 1),
    }


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    os.environ["MINZHENG_DEMO"] = "1"  # an authority of its own, gone with the folder
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINZHENG_SEALS"] = folder
        import django

        django.setup()
        print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 30), ensure_ascii=False))


if __name__ == "__main__":
    main()
