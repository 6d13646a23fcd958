"""E9: what each home of a county is owed for a month, worked out by PostgreSQL from the days in its beds."""
