"""Journeys through the whole platform, on chosen days."""

from minzheng.online.desk.tests.conftest import media, on_day

__all__ = ["media", "on_day"]
