"""The lake holds what the database holds, without names or numbers, and survives being killed."""

import datetime as dt

import numpy as np
import pyarrow.parquet as pq
import pytest

from minzheng.datacenter.lake.listing import BROKEN, listed
from minzheng.datacenter.lake.reading import lake_columns
from minzheng.datacenter.lake.refresh import Stopped, key_file, lake_folder, refresh
from minzheng.datacenter.lake.store import read_manifest, snapshot_folder
from minzheng.datacenter.screening.due import due_in
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.words import Benefit, Unit
from minzheng.foundation.people.models import FactSheet, Household, Person
from minzheng.foundation.people.population import population_columns
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter
from tests.faults.points import Place, in_a_worker, kill_worker, points_of

MONTH, END = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
PREFIX = "431227"


@pytest.fixture(autouse=True)
def lake(settings, tmp_path):
    settings.LAKE, settings.VAR = tmp_path / "lake", tmp_path
    return settings.LAKE


def folder():
    return snapshot_folder(lake_folder(), END, PREFIX)


def files():
    return sorted(path.name for path in folder().iterdir())


def by_household(columns):
    """{id: (region, household facts, [member facts])}, None where unknown; the order of rows does not matter."""
    said = {}
    ends = np.cumsum(columns.member_count)

    def rows(facts):
        return list(
            zip(
                *(
                    [int(v) if k else None for v, k in zip(values, known, strict=True)]
                    for _, (values, known) in sorted(facts.items())
                ),
                strict=True,
            )
        )

    of_household, of_member = rows(columns.households), rows(columns.members)
    for i, key in enumerate(columns.household_ids.tolist()):
        members = of_member[ends[i] - columns.member_count[i] : ends[i]]
        said[key] = (columns.regions[columns.region_index[i]], of_household[i], members)
    return said


def test_it_holds_row_for_row_what_the_database_holds(region):
    assert [one.trouble for one in refresh(PREFIX, END)] == [""]
    catalogue = default_counter().book.catalogue
    names = [fact.name for fact in catalogue]
    from_lake = by_household(lake_columns(PREFIX, END, names, catalogue))
    assert from_lake == by_household(population_columns(PREFIX, END, names, catalogue))
    assert len(from_lake) > 7000


def test_it_reads_one_township_of_a_county(region):
    refresh(PREFIX, END)
    catalogue = default_counter().book.catalogue
    township = Household.objects.first().region_id[:9]
    read = lake_columns(township, END, ["deposits", "wage"], catalogue)
    assert by_household(read) == by_household(
        population_columns(township, END, ["deposits", "wage"], catalogue)
    )
    assert set(read.households) == {"deposits"} and set(read.members) == {"wage"}


def test_it_screens_from_the_lake_as_from_the_database(region):
    refresh(PREFIX, END)
    benefit = next(benefit for benefit in shelf(Benefit) if benefit.unit is Unit.HOUSEHOLD)
    one, other = due_in(benefit, MONTH, PREFIX), due_in(benefit, MONTH, PREFIX, lake_columns)

    def answers(due):
        return dict(
            zip(due.columns.household_ids.tolist(), zip(due.fen, due.known, strict=True), strict=True)
        )

    known = {key: fen for key, (fen, sure) in answers(one).items() if sure}
    assert known == {key: fen for key, (fen, sure) in answers(other).items() if sure}


def test_it_keeps_no_name_no_number_and_no_database_key(region):
    refresh(PREFIX, END)
    manifest = read_manifest(folder())
    members = pq.read_table(folder() / manifest.member_file)
    assert not {"name", "id_no", "phone", "bank_account", "address"} & set(members.column_names)
    assert all(str(kind) in ("int64", "int32", "int8", "bool") for kind in members.schema.types)
    assert not set(members["key"].to_pylist()) & set(Person.objects.values_list("pk", flat=True))
    assert not key_file().is_relative_to(lake_folder()) and key_file().stat().st_mode & 0o077 == 0


def test_it_skips_a_county_that_did_not_change_and_sees_every_change(region):
    assert [one.skipped for one in refresh(PREFIX, END)] == [False]
    assert [one.skipped for one in refresh(PREFIX, END)] == [True]
    sheet = FactSheet.objects.filter(values__has_key="wage").first()
    FactSheet.objects.filter(pk=sheet.pk).update(values=sheet.values | {"wage": 4711})
    assert [one.skipped for one in refresh(PREFIX, END)] == [False]
    Person.objects.filter(pk=sheet.person_id).update(died_on=dt.date(2026, 10, 2))
    assert [one.skipped for one in refresh(PREFIX, END)] == [False]
    assert len(files()) == 3
    assert AuditEntry.objects.filter(action="lake.refresh").count() == 4


def test_it_keeps_the_months_that_are_over(region):
    refresh(PREFIX, dt.date(2026, 9, 30))
    before = snapshot_folder(lake_folder(), dt.date(2026, 9, 30), PREFIX)
    kept = {path.name: path.read_bytes() for path in before.iterdir()}
    refresh(PREFIX, END)
    assert {path.name: path.read_bytes() for path in before.iterdir()} == kept


def test_it_never_reads_half_a_snapshot_and_sweeps_it_away(region):
    catalogue = default_counter().book.catalogue
    folder().mkdir(parents=True)
    (folder() / "households-0.parquet.part").write_bytes(b"half")
    (folder() / "members-0.parquet").write_bytes(b"half")
    with pytest.raises(Refused, match="lake refresh --region 431227 --month 2026-10"):
        lake_columns(PREFIX, END, ["wage"], catalogue)
    refresh(PREFIX, END)
    assert len(files()) == 3


def read_wages():
    return lake_columns(PREFIX, END, ["wage"], default_counter().book.catalogue)


def test_it_refuses_to_read_when_anything_it_holds_has_changed_since(region):
    refresh(PREFIX, END)
    Person.objects.filter(pk=Person.objects.first().pk).update(phone="14400000000")  # not in the lake
    assert read_wages()
    sheet = FactSheet.objects.filter(values__has_key="wage").first()
    FactSheet.objects.filter(pk=sheet.pk).update(values=sheet.values | {"wage": 4711})
    with pytest.raises(Refused, match=r"在快照之后有变化.*lake refresh --region 431227 --month 2026-10"):
        read_wages()
    refresh(PREFIX, END)
    assert read_wages()
    Household.objects.filter(pk=Household.objects.first().pk).update(until=dt.date(2026, 10, 15))
    with pytest.raises(Refused, match="在快照之后有变化"):
        read_wages()


def test_it_sees_a_change_in_a_register_that_states_facts(region, monkeypatch):
    stated = "SELECT id, id AS person_id, '{\"old_age_allowance\": %s}'::jsonb AS values, '台账' AS source, birth_date AS since, NULL::date AS until FROM people_person"
    where = "minzheng.datacenter.lake.freshness.stated_by_registers"
    monkeypatch.setattr(where, lambda subject: stated % 1 if subject == "person" else "")
    refresh(PREFIX, END)
    assert read_wages()
    monkeypatch.setattr(where, lambda subject: stated % 2 if subject == "person" else "")
    with pytest.raises(Refused, match="在快照之后有变化"):
        read_wages()


@pytest.mark.parametrize(
    "harm", [lambda file: file.write_bytes(file.read_bytes()[:900]), lambda file: file.unlink()]
)
def test_it_says_that_a_file_is_broken_and_mends_it(region, harm):
    refresh(PREFIX, END)
    harm(folder() / read_manifest(folder()).member_file)
    assert [line.freshness for line in listed(PREFIX, check=True)] == [BROKEN]
    with pytest.raises(Refused, match="快照"):
        read_wages()
    assert [one.skipped for one in refresh(PREFIX, END)] == [False]
    assert read_wages() and [line.is_fresh for line in listed(PREFIX, check=True)] == [True]


def test_it_makes_a_snapshot_anew_when_told_to_and_when_its_list_is_unreadable(region):
    refresh(PREFIX, END)
    assert [one.skipped for one in refresh(PREFIX, END, rebuild=True)] == [False]
    (folder() / "manifest.json").write_text("{half")
    with pytest.raises(Refused, match="没有快照"):
        read_wages()
    assert [one.skipped for one in refresh(PREFIX, END)] == [False]
    assert len(files()) == 3


def test_it_goes_on_with_the_other_counties_when_one_has_trouble(region, capsys):
    other = Person.objects.create(name="邻县人", region_id="431228000000")
    household = Household.objects.create(
        region_id="431228000000", category="rural", head=other, since=dt.date(2020, 1, 1)
    )
    other.memberships.create(household=household, relation="户主", since=dt.date(2020, 1, 1))
    sheet = FactSheet.objects.create(
        person=other, values={"wage": "许多"}, source="政务数据共享", since=dt.date(2020, 1, 1)
    )
    first, second = refresh("4312", END)
    assert (first.county, first.trouble, first.manifest.members > 19_000) == (PREFIX, "", True)
    assert second.county == "431228" and "重新刷新" in second.trouble and second.manifest is None
    sheet.delete()
    assert [one.trouble for one in refresh("4312", END)] == ["", ""]


def test_it_stops_between_counties_and_refuses_a_month_that_has_not_begun(region):
    with pytest.raises(Stopped):
        refresh(PREFIX, END, going_on=lambda: False)
    assert not list(listed(PREFIX, check=False))
    with pytest.raises(Refused, match="还没有开始"):
        refresh(PREFIX, END, today=dt.date(2026, 9, 30))


def test_it_refuses_a_second_refresh_at_the_same_time(region, lake):
    import fcntl

    lake.mkdir(parents=True)
    with (lake / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="另一个刷新"):
            refresh(PREFIX, END)
    assert refresh(PREFIX, END)


def test_it_completes_after_being_killed_anywhere(county, django_db_blocker):
    """Before each change of a file, after the last, and at some of the statements."""

    def parquet():
        return {path.name: path.read_bytes() for path in folder().iterdir() if path.suffix == ".parquet"}

    with django_db_blocker.unblock():
        points = points_of(lambda: refresh(PREFIX, END))
        good, outside = parquet(), sum(point != "execute" for point in points)
        places = [Place(count, outside=True) for count in (*range(1, outside, 2), outside)]
        places += [Place(count, outside=False) for count in (1, len(points) // 4, len(points) // 2)]
        for place in places:
            (folder() / "manifest.json").unlink(missing_ok=True)
            assert not in_a_worker(lambda: refresh(PREFIX, END), place, kill_worker)
            manifest = read_manifest(folder())
            for name in (manifest.household_file, manifest.member_file) if manifest else ():
                assert (folder() / name).read_bytes() == good[name]
        refresh(PREFIX, END)
    assert parquet() == good
    assert len(files()) == 3
