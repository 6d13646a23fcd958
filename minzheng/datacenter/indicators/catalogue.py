"""The indicators of the source documents that no business data feed yet, from catalogue.yaml beside this file."""

from __future__ import annotations

from pathlib import Path

from minzheng.datacenter.indicators.words import Better, Indicator, Period
from minzheng.foundation.regions.models import Level
from minzheng.foundation.rules.yaml_text import read_yaml

FILE = Path(__file__).with_name("catalogue.yaml")


def read_catalogue(file: Path = FILE) -> tuple[Indicator, ...]:
    """One Indicator per entry; KeyError or ValueError for an entry that is not written as the file's head says."""
    return tuple(
        Indicator(
            code=code,
            title=entry["title"],
            line=line,
            unit=entry["unit"],
            counts=entry["counts"],
            of=entry.get("of", ""),
            period=Period(entry.get("period", "year")),
            better=Better(entry.get("better", "more")),
            lowest=Level(entry.get("level", Level.COUNTY)),
            seed=entry["seed"],
            aspect=entry.get("aspect", ""),
        )
        for line, entries in read_yaml(file).items()
        for code, entry in entries.items()
    )
