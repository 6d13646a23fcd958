"""The walls as SQL: roles, functions, grants and one policy a table. Run by the owner after each migration (build.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Field, Model
from pghistory.models import Event

from minzheng.database import JOBS, WEB
from minzheng.foundation.accounts.walls.declared import (
    definers,
    kept_by,
    key_of,
    known_besides,
    links,
    refused,
    walls,
)
from minzheng.foundation.accounts.walls.words import READS_PERSONS, Wall, closed, region
from minzheng.foundation.people.models import Household, Person

READERS = region(reads=READS_PERSONS).readers


def functions() -> str:
    """Schema `walls`: what is in force is computed there."""
    text = Path(__file__).with_name("functions.sql").read_text(encoding="utf-8")
    return text.format(time_zone=settings.TIME_ZONE)


def policies() -> Iterator[str]:
    """One statement after the other; every table first loses whatever policy it had."""
    yield from (_known(target) for target in (Person, Household))
    for model, wall in walls().items():
        table = _quoted(model._meta.db_table)
        yield f"DROP POLICY IF EXISTS wall ON {table}"
        yield f"DROP POLICY IF EXISTS wall_adds ON {table}"
        wall = wall or closed()  # nobody said who may see it, so nobody does
        if wall.is_open:
            yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
            continue
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"CREATE POLICY wall ON {table} TO {WEB} USING ({' OR '.join(_ways(model, wall))})"
        if wall.inserts or issubclass(model, Event):
            yield f"CREATE POLICY wall_adds ON {table} FOR INSERT TO {WEB} WITH CHECK (true)"


def grants() -> Iterator[str]:
    """Both roles work on rows and own nothing: no TRUNCATE, no trigger, no change of what is kept."""
    both = f"{WEB}, {JOBS}"
    yield f"GRANT USAGE ON SCHEMA public, walls TO {both}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, walls TO {both}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public, walls FROM {both}, PUBLIC"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {both}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {both}"
    yield f"GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO {JOBS}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {both}"
    for model, wall in walls().items():
        if never := refused(model) | (wall.never if wall else set()):
            yield f"REVOKE {', '.join(sorted(never))} ON {_quoted(model._meta.db_table)} FROM {both}"
    for function in definers():
        yield f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp"
    # So that bulk work may renew the planner's statistics.
    yield f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {JOBS}"


def _ways(model: type[Model], wall: Wall) -> Iterator[str]:
    """The conditions that open a row; the cheap and likely ones first."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    about = kept_by(model) if issubclass(model, Event) else model
    # With its table: a bare "id" inside EXISTS (SELECT … FROM other) is the other table's.
    table = _quoted(model._meta.db_table)
    key = f"{table}.{_quoted(key_of(model))}"
    if wall.regions:
        prefixes = f"(SELECT walls.prefixes({_array(wall.readers)}))::text[]"
        yield from (f"{_column(fields[name])} ^@ ANY ({prefixes})" for name in wall.regions)
    yield "(SELECT walls.sees_all())"
    for name in wall.account:
        yield f"{_column(fields[name])} = (SELECT walls.account())"
    for name in wall.own:
        yield _own(_column(fields[name]), fields[name].related_model)
    if about is Person:
        yield f"{key} = (SELECT walls.person())"
    if about is Household:
        yield f"{key} = ANY ((SELECT walls.homes())::bigint[])"
    if about not in (Person, Household):  # persons and households have a function for it, see _known
        yield from (f"({said.replace('wanted', key)})" for said in known_besides(about))
    if wall.raw:
        yield f"({wall.raw.format(key=key)})"
    for name in wall.parents:
        yield _through(table, fields[name])
    if wall.known:
        yield f"walls.knows_{about._meta.model_name}({key}, (SELECT walls.prefixes({_array(READERS)})))"


def _own(column: str, target: object) -> str:
    if target is Household:
        return f"{column} = ANY ((SELECT walls.homes())::bigint[])"
    return f"{column} = (SELECT walls.person())"


def _through(table: str, field: Field) -> str:
    above = field.related_model._meta  # type: ignore[union-attr]
    key, column = _quoted(above.pk.column), _column(field)
    return f"EXISTS (SELECT FROM {_quoted(above.db_table)} above WHERE above.{key} = {table}.{column})"


def _known(target: type[Person] | type[Household]) -> str:
    """A function: is a row of one of these regions about this person (household)? Asked for those elsewhere only."""
    ways = []
    for field, place, parent in links(target):
        table, column = _quoted(field.model._meta.db_table), _quoted(field.column)
        if parent is None:
            source, at = f"{table} r", f"r.{_quoted(place.column)}"
        else:
            above = parent.related_model._meta  # type: ignore[union-attr]
            source = f"{table} r JOIN {_quoted(above.db_table)} a ON a.{above.pk.column} = r.{_quoted(parent.column)}"
            at = f"a.{_quoted(place.column)}"
        ways.append(f"EXISTS (SELECT FROM {source} WHERE r.{column} = wanted AND {at} ^@ ANY (prefixes))")
    ways += known_besides(target)
    name = target._meta.model_name
    if target is Person:
        ways.append(
            "EXISTS (SELECT FROM people_membership r WHERE r.person_id = wanted AND r.household_id = ANY (walls.homes()))"
        )
    return (
        f"CREATE FUNCTION walls.knows_{name}(wanted bigint, prefixes text[]) RETURNS boolean"
        " LANGUAGE plpgsql STABLE SECURITY DEFINER COST 100000 SET search_path = public, pg_temp AS"
        f" $$ BEGIN RETURN {' OR '.join(ways)}; END $$"
    )


def _column(field: Field) -> str:
    return _quoted(field.column)


def _quoted(name: str | None) -> str:
    return f'"{name}"'


def _array(values: Iterable[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in sorted(map(str, values)))
    return f"ARRAY[{listed}]::text[]"
