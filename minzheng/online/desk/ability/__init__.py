"""The sheet of an ability assessment, on desk and phone: 26 items, a running total, nothing lost."""
