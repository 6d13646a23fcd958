"""Loading a department's file, end to end: python -m benchmarks.deliveries [--rows N] [--people N] [--json]

Fills a scratch transaction of this installation's own database, which is rolled back. The peer in the same run is
PostgreSQL's bare COPY of the same text into a table of text columns: nothing can load faster.
"""

import argparse
import datetime as dt
import io
import json
import os
import tempfile
import time


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deliveries")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=50_000, help="of whom we have records")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minzheng.settings")
    import django

    django.setup()
    from django.db import transaction

    from benchmarks.scratch import scratch_county

    with tempfile.TemporaryDirectory() as media, transaction.atomic():
        officer, region, numbers = scratch_county(arguments.people, media)
        figures = measure(arguments.rows, numbers, officer, region)
        transaction.set_rollback(True)
    print(json.dumps(figures) if arguments.json else _in_words(figures))


def measure(rows: int, numbers: list[str], officer: object, region: object) -> dict[str, float]:
    from minzheng.business.assistance.deliveries import WAGES
    from minzheng.datacenter.deliveries.actions import deliver
    from minzheng.datacenter.deliveries.load import load_delivery
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.people.id_numbers import check_character

    def stranger(place: int) -> str:
        first_17 = f"110101{1930 + place // 336_000:04d}{1 + place // 28_000 % 12:02d}{1 + place // 1000 % 28:02d}{place % 1000:03d}"
        return first_17 + check_character(first_17)

    held = io.StringIO()
    held.write("身份证号,姓名,出生日期,参保单位,月缴费工资\n")
    for place in range(rows):
        number = numbers[place] if place < len(numbers) else stranger(place)
        held.write(f"{number},某人,,第{place % 500}公司,{2000 + place % 5000}.50\n")
    content = held.getvalue().encode()
    copied = _bare_copy(content)
    started = time.perf_counter()
    made = deliver(Access(officer), WAGES, region, dt.date.today(), content, "工资.csv")  # type: ignore[arg-type]
    made = load_delivery(made.pk, similar=False)
    seconds = time.perf_counter() - started
    if made.state != "done":
        raise SystemExit(made.note)
    return {
        "rows": made.rows, "matched": made.matched, "sheets": made.sheets, "seconds": round(seconds, 2),
        "rows_per_second": round(rows / seconds), "copy_seconds": round(copied, 2),
        "times_copy": round(seconds / copied, 1), "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _bare_copy(content: bytes) -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (a text, b text, c text, d text, e text) ON COMMIT DROP")
        started = time.perf_counter()
        with cursor.cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(content)
        return time.perf_counter() - started


def _in_words(figures: dict[str, float]) -> str:
    return "\n".join(f"{name:>16}  {value:,}" for name, value in figures.items())


if __name__ == "__main__":
    main()
