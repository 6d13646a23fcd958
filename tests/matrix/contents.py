"""Whether anything was changed at all: a digest of every table of ours."""

from django.apps import apps
from django.db import connection


def contents() -> dict[str, str]:
    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("minzheng."):
                table = model._meta.db_table
                cursor.execute(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{table}\" t")
                found[table] = cursor.fetchone()[0]
    return found


def changed(before: dict[str, str]) -> list[str]:
    return [table for table, content in contents().items() if before[table] != content]
