"""docs/security.md: what OWASP ASVS 5.0 level 2 and 等保三级 ask, and the test that proves it, or plainly why there is none."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from minzheng.docs.coverage import ROOT

FILE = ROOT / "docs" / "security.yaml"
STATES = {
    "tested": "tested",
    "built": "built, no test of its own",
    "yours": "the department's duty",
    "none": "nothing of the kind here",
    "open": "**not done**",
}
# A comma in a text without quotes would quietly begin another word.
WORDS = {"of", "is", "says", "asks", "tests", "who", "wants", "wall"}
HEAD = """# Security, mapped to tests

Made from `docs/security.yaml` by `minzheng docs`. A test fails when a requirement is left out or a named test does not exist.
*Built* means that it is in the code and reviewed, but no test of its own would notice its loss. *Not done* means just that.
"""


def table() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def rows(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row of the file that may name tests."""
    yield from found["threats"]
    for chapter in found["asvs"]:
        yield from chapter["rows"]
    yield from found["dengbao"]


@cache
def tests_in(path: str) -> frozenset[str]:
    """Names of the test functions of a file, read as text."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def problems(found: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the file, row by row."""
    for row in rows(found):
        name = str(row.get("of") or row["who"])
        if strange := set(row) - WORDS:
            yield f"{name}: {sorted(strange)}: put the text in quotes"
        for test in row.get("tests", ()):
            alias, _, function = test.partition("::")
            if function not in tests_in(found["files"][alias]):
                yield f"{name}: {test} does not exist"
        if "is" not in row:
            continue
        if row["is"] not in STATES:
            yield f"{name}: {row['is']} is no state"
        elif row["is"] == "tested" and not row.get("tests"):
            yield f"{name}: which test?"
        elif row["is"] != "tested" and not row.get("says"):
            yield f"{name}: why?"


def page() -> str:
    found = table()
    files = found["files"]
    return "\n".join(
        [
            HEAD,
            "## Who attacks what\n",
            "|Who|wants|The wall|Proof|\n|-|-|-|-|",
            *(
                f"|{row['who']}|{row['wants']}|{row['wall']}|{_tests(row, files)}|"
                for row in found["threats"]
            ),
            "\n## OWASP ASVS 5.0.0, levels 1 and 2\n",
            "All 253 requirements of the two levels, and those of level 3 that a test proves. Numbers as published; the words are ours.\n",
            _count(Counter(r["is"] for c in found["asvs"] for r in c["rows"] for _ in r["of"])),
            *(line for chapter in found["asvs"] for line in _chapter(chapter, files)),
            "\n## 等保三级（GB/T 22239—2019 8.1.4 安全计算环境）\n",
            "条款号按标准；测评单元（L3-CES1-…）的编号没有核对原文，未列。其余各章（物理、网络、管理）是单位的职责。\n",
            _count(Counter(row["is"] for row in found["dengbao"])),
            "\n|条款|要求|状态|说明|证明|\n|-|-|-|-|-|",
            *(
                f"|{r['of']}|{r['asks']}|{STATES[r['is']]}|{r.get('says', '')}|{_tests(r, files)}|"
                for r in found["dengbao"]
            ),
            "",
        ]
    )


def _chapter(chapter: dict[str, Any], files: dict[str, str]) -> Iterator[str]:
    yield f"\n### {chapter['chapter']}\n\n|Requirement|State|What|Proof|\n|-|-|-|-|"
    for row in chapter["rows"]:
        yield f"|{', '.join(map(str, row['of']))}|{STATES[row['is']]}|{row['says']}|{_tests(row, files)}|"


def _count(states: Counter[str]) -> str:
    total = sum(states.values())
    parts = [f"{name}: {states[state]}" for state, name in STATES.items() if states[state]]
    return f"{total} in all. " + "; ".join(parts) + "."


def _tests(row: dict[str, Any], files: dict[str, str]) -> str:
    shown = []
    for test in row.get("tests", ()):
        alias, _, function = test.partition("::")
        words = function.removeprefix("test_").replace("_", " ")
        shown.append(f"[{words}](../{files[alias]})")
    return "<br>".join(shown)
