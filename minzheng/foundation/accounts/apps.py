from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "minzheng.foundation.accounts"
    label = "accounts"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from minzheng.foundation.accounts import one_time, proof, sessions  # noqa: F401  they listen to log-ins
        from minzheng.foundation.accounts.walls.doors import on_new_connection

        connection_created.connect(lambda connection, **_: on_new_connection(connection), weak=False)
        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(using: str, **_: Any) -> None:
    """Failed log-ins are counted in a table (rates.py); Django makes it by a command that is easily forgotten."""
    call_command("createcachetable", database=using, verbosity=0)
