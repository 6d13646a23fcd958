"""What a copy of the database gives away: a real pg_dump, searched for every number that people are known by.

`python -m tests.leaks` does it for the installation of MINZHENG_VAR and prints what it found as JSON.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator

LENGTHS = range(11, 25)  # of telephones, identity numbers and bank accounts
DIGITS = re.compile(r"\d{10,}X?")
HEX = re.compile(r"(?:3\d|58){11,}", re.IGNORECASE)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}")
PLAIN_DIGITS = re.compile(rb"\d{10,}X?")
BYTES = re.compile(r"\\\\x([0-9a-f]+)")  # as pg_dump writes a column of bytes


def numbers_in(line: str) -> Iterator[tuple[str, str]]:
    """(how it stands there, the run of digits): as it is, as bytes, as hex of its characters, as base64 at any offset.

    Bytes are read as what they are: the hex digits of a sealed column are ten in sixteen decimal ones, and a county's
    worth of them spells somebody's telephone in one dump of a hundred.
    """
    for held in BYTES.findall(line):
        yield from (("bytes", run.decode()) for run in PLAIN_DIGITS.findall(bytes.fromhex(held)))
    text = BYTES.sub("", line)
    yield from (("text", run) for run in DIGITS.findall(text))
    for run in HEX.findall(text):
        yield "hex", bytes.fromhex(run).decode()
    for token in BASE64.findall(text):
        for offset in range(4):
            part = token[offset:].replace("-", "+").replace("_", "/")
            whole = base64.b64decode(part[: len(part) // 4 * 4])
            yield from (("base64", run.decode()) for run in PLAIN_DIGITS.findall(whole))


def found_in(lines: Iterable[str], secrets: set[str]) -> Counter[str]:
    """{table and how: how often a secret stands in its rows}."""
    table, found = "", Counter[str]()
    for line in lines:
        if line.startswith("COPY "):
            table = line.split()[1].removeprefix("public.")
        for how, run in numbers_in(line):
            for length in LENGTHS:
                found[f"{table}, {how}"] += sum(
                    run[at : at + length] in secrets for at in range(len(run) - length + 1)
                )
    return +found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from minzheng.foundation.backup.server import BIN, address
    from minzheng.foundation.people.models import Person

    secrets = {
        number
        for numbers in Person.objects.values_list("id_no", "phone", "bank_account")
        for number in numbers
        if number
    }
    text, environment = address()
    dump = subprocess.Popen(
        [BIN / "pg_dump", "--data-only", "--dbname", text],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
    )  # fmt: skip
    found = found_in(dump.stdout, secrets)
    some = sorted(secrets)[::5000]
    known = sum(
        Person.objects.filter(**{name: one}).exists()
        for one in some
        for name in ("id_no", "phone", "bank_account")
    )
    print(
        json.dumps(
            {"rc": dump.wait(), "secrets": len(secrets), "asked": len(some), "known": known, "found": found}
        )
    )


if __name__ == "__main__":
    main()
