"""Do the tests notice? python -m tests.mutants [--sample 150] [--seed 1] (trust-and-users T25).

A seeded sample of small faults in the modules of money and rights; each is put into the running process, which then runs the
tests that call the changed function. A fault that no test notices is a survivor, and is listed. Tests that commit are left out:
one that is cut off would leave its rows to the next. About a second a fault; needs the suite's own database, nothing else.
"""

from __future__ import annotations

import argparse
import json
import sys

import pytest

from tests.mutants.running import Mutating

# What decides about money and about who may do and see what, and the tests that say so.
MODULES = {
    "minzheng/foundation/ledger": ["books", "drawing", "money", "proof"],
    "minzheng/foundation/payments": [
        "actions", "calculate", "cash", "envelope", "instruction", "prove", "reconcile", "recoveries", "returns", "settle",
    ],
    "minzheng/foundation/accounts": ["access", "behind", "permissions", "permits"],
}  # fmt: skip
TESTS = [
    "minzheng/foundation/ledger",
    "minzheng/foundation/payments",
    "minzheng/foundation/accounts/tests/test_rights.py",
]


def main() -> int:
    """0 when it could be measured, whatever the score."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--only", default="", metavar="PART", help="modules and tests whose path holds this, e.g. ledger"
    )
    arguments = parser.parse_args()
    files = [f"{folder}/{name}.py" for folder, names in MODULES.items() for name in names]
    files = [file for file in files if arguments.only in file]
    mutating = Mutating(files, arguments.sample, arguments.seed)
    chosen = ["-n0", "-q", "--reuse-db", "-p", "no:cacheprovider", "-m", "not browser"]
    status = pytest.main([*chosen, *(one for one in TESTS if arguments.only in one)], plugins=[mutating])
    print(json.dumps(mutating.score(), ensure_ascii=False, indent=1))
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
