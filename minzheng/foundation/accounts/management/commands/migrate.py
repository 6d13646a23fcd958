"""Django's own `migrate`, as the owner of the tables, and then the walls (accounts/walls)."""

from contextlib import nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from minzheng.empty_database import additions_drawn_alone
from minzheng.foundation.accounts.walls.build import as_owner, build, stands


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        is_empty = not connections[options["database"]].introspection.table_names()
        with as_owner(), additions_drawn_alone() if is_empty else nullcontext():
            super().handle(*args, **options)
            whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
            if whole and not stands():
                build()
