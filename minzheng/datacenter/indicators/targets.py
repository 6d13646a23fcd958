"""Loads standards/targets/*.yaml: what documents set as targets, and what they announced as results, never mixed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction

from minzheng.datacenter.indicators.models import Comparator, Figure, StatedFigure, Target
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.audit.record import record
from minzheng.foundation.regions.load import load
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml

DOCUMENTS = FOLDER / "targets" / "source-documents.yaml"
DEMO = FOLDER / "targets" / "demo.yaml"
SPANS = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}


class TargetsError(ValueError):
    """An entry of the file cannot be read; the text says which and what to do."""


@dataclass(frozen=True)
class Loaded:
    """How many were new."""

    targets: int
    results: int


def load_targets(file: Path = DOCUMENTS) -> Loaded:
    """Add what is not there yet. What has been changed here since (another version) is left as it is."""
    data = read_yaml(file)
    targets = [_figure(Target, entry, data["documents"], file) for entry in data.get("targets", [])]
    results = [_figure(StatedFigure, entry, data["documents"], file) for entry in data.get("results", [])]
    _know_regions({figure.region_id for figure in (*targets, *results)})
    with transaction.atomic():
        keys = ("indicator", "region_id", "since", "until")
        known = set(Target.objects.values_list(*keys))
        new = [one for one in targets if tuple(getattr(one, key) for key in keys) not in known]
        Target.objects.bulk_create(new)
        before = StatedFigure.objects.count()
        StatedFigure.objects.bulk_create(results, ignore_conflicts=True)
        loaded = Loaded(len(new), StatedFigure.objects.count() - before)
        record("targets.load", "载入目标和公布的结果", actor=None, file=file.name, **vars(loaded))
    return loaded


def _know_regions(codes: set[str]) -> None:
    """The documents speak of four provinces; those not imported here are added by name only."""
    missing = codes - set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    for code in sorted(missing):
        prefix = code.rstrip("0")
        prefix += "0" * (len(prefix) % 2)
        load(
            prefix,
            down_to=Level.PROVINCE if len(prefix) <= 2 else Level.CITY if len(prefix) <= 4 else Level.COUNTY,
        )


def _figure(model: type[Figure], entry: dict[str, Any], documents: dict[str, Any], file: Path) -> Any:
    where = f"{file.name} 的 {entry.get('indicator', '（没有写 indicator）')}"
    try:
        indicator = shelf(Indicator).get(entry["indicator"])
        document = documents[entry["seed"]]
        comparator = next(one for one in Comparator if one.value in entry)
        since, until = read_span(str(entry["period"]))
        value = read_value(str(entry[comparator.value]), indicator)
    except StopIteration:
        raise TargetsError(f"{where}：请写 at_least、at_most 或 exactly 之一。") from None
    except (KeyError, LookupError) as problem:
        raise TargetsError(f"{where}：找不到 {problem}。请核对指标代码、seed 和必填项。") from None
    except ValueError as problem:
        raise TargetsError(f"{where}：{problem}") from None
    return model(
        indicator=indicator.code,
        region_id=str(entry.get("region", document["region"])).ljust(12, "0"),
        since=since,
        until=until,
        comparator=comparator,
        value=value,
        document=document["title"],
        text=entry["text"],
    )


def read_span(text: str) -> tuple[dt.date, dt.date]:
    """`2021`, `2022H1`, `2018Q1` or two dates with a slash → first and last day."""
    if found := re.fullmatch(r"(\d{4})(H[12]|Q[1-4])?", text):
        year = int(found[1])
        first, last = SPANS[found[2] or ""]
        return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
    first_day, slash, last_day = text.partition("/")
    if not slash:
        raise ValueError(f"期间“{text}”读不懂，请写 2021、2022H1、2018Q1 或 2018-01-01/2018-09-30。")
    return dt.date.fromisoformat(first_day), dt.date.fromisoformat(last_day)


def read_value(text: str, indicator: Indicator) -> Decimal:
    """`550元` → 55000 fen for an indicator of money; a plain number for all others."""
    if indicator.is_money != text.endswith("元"):
        raise ValueError(
            f"“{text}”：单位是“{indicator.unit}”的指标，{'请以元为单位' if indicator.is_money else '不写元'}。"
        )
    try:
        return Decimal(text.removesuffix("元")) * (100 if indicator.is_money else 1)
    except InvalidOperation:
        raise ValueError(f"“{text}”不是数字。") from None
