"""Django's own `migrate`, as the owner of the tables, and then the walls (accounts/walls)."""

from typing import Any

from django.core.management.commands import migrate

from minzheng.foundation.accounts.walls.build import as_owner, build, stands


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            whole = not options["app_label"] and not options["plan"] and not options["check_unapplied"]
            if whole and not stands():
                build()
