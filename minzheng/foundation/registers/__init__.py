"""Registers (台账): what is kept, declared once; list, form, Excel, history and rights come from here."""

from minzheng.foundation.registers.declaration import (
    Block,
    Column,
    Filter,
    Import,
    Register,
    Related,
    RowAction,
    Search,
)

__all__ = ["Block", "Column", "Filter", "Import", "Register", "Related", "RowAction", "Search"]
