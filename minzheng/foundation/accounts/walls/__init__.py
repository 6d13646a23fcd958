"""Row-level security: the database itself shows a web request only the rows of the user's regions (docs/walls.md)."""

from minzheng.foundation.accounts.walls.doors import beyond_region, entered, outside

__all__ = ["beyond_region", "entered", "outside"]
