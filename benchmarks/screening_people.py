"""An invented population of any size in the lake's layout, county by county; as large as the disk allows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa

from minzheng.datacenter.lake.store import write_snapshot
from minzheng.foundation.rules.plan import Plan

COUNTY = 400_000  # people; a Chinese county has some hundred thousand
SIZES, SHARES = np.arange(1, 8), [0.25, 0.29, 0.22, 0.14, 0.06, 0.03, 0.01]
UNKNOWN = {"deposits": 0.02, "wage": 0.01}  # facts that nobody has said, and for which share of the rows
TRUE = {"alive": 0.996, "outside_obligor": 0.0, "on_tekun": 0.002}  # every other truth: one in five


def write_people(folder: Path, people: int, plan: Plan, county: int = COUNTY) -> list[Path]:
    """Folders of the counties written, each a whole snapshot with the facts that the plan reads."""
    folders = []
    while people > 0:
        number = len(folders)
        code = f"43{number:04d}"
        place = folder / f"county={code}"
        tables = _county(np.random.default_rng(number), int(code) * 10**6, min(people, county), plan)
        manifest = write_snapshot(place, hashlib.sha256(code.encode()).hexdigest(), *tables)
        people -= manifest.members
        folders.append(place)
    return folders


def _county(rng: np.random.Generator, region: int, people: int, plan: Plan) -> tuple[pa.Table, pa.Table]:
    size = rng.choice(SIZES, max(1, round(people / float(SIZES @ SHARES))), p=SHARES).astype(np.int32)
    key = np.sort(rng.integers(0, 2**62, len(size)))
    owner = np.repeat(key, size)
    poor = rng.random(len(size)) < 0.2
    households = {"key": key, "region": np.full(len(size), region), "members": size}
    households |= {name: _fact(rng, plan, name, poor) for name in plan.household_facts}
    # `household` is for the SQL, which must join by it; the kernel does not read it
    members = {"key": rng.integers(0, 2**62, len(owner)), "household": owner}
    members |= {name: _fact(rng, plan, name, np.repeat(poor, size)) for name in plan.person_facts}
    return pa.table(households), pa.table(members)


def _fact(rng: np.random.Generator, plan: Plan, name: str, poor: np.ndarray) -> pa.Array:
    rows, kind = len(poor), plan.law.catalogue[name].kind
    match kind.name:
        case "bool":
            values = rng.random(rows) < TRUE.get(name, 0.2)
        case "date":
            values = rng.integers(1940, 2021, rows) * 10000
            values = (values + rng.integers(1, 13, rows) * 100 + rng.integers(1, 29, rows)).astype(np.int32)
        case "choice":
            values = np.minimum(rng.geometric(0.5, rows) - 1, len(kind.options) - 1).astype(np.int8)
        case "int":
            values = (1 + (rng.random(rows) < 0.2) - poor * (name == "cars")).astype(np.int32)
        case _:
            some = rng.random(rows) < np.where(poor, 0.1, 0.4)
            values = np.where(some, rng.integers(0, 3_000_000, rows), 0).astype(np.int32)
    if name == "cars":
        values = (rng.random(rows) < np.where(poor, 0.02, 0.5)).astype(np.int32)
    elif name in ("clergy_years", "obligor_supported"):
        values = np.full(rows, name == "obligor_supported", np.int32)
    return pa.array(values, mask=rng.random(rows) < UNKNOWN[name] if name in UNKNOWN else None)
