"""The desk's day, and the departments of the check."""

from minzheng.datacenter.verification.tests.conftest import departments, journey
from minzheng.online.desk.tests.conftest import as_user, media, on_day

__all__ = ["as_user", "departments", "journey", "media", "on_day"]
