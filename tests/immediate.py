"""Background work at once, but as the worker would do it: with its own role, outside the request that asked for it."""

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

from minzheng.foundation.accounts.walls import outside


class AsJobs(ImmediateBackend):
    def _execute_task(self, *args: Any, **kwargs: Any) -> None:
        with outside():
            super()._execute_task(*args, **kwargs)
