"""Uprating (提标重算): a standard has changed, so what rests on it is worked out anew, previewed, confirmed, laid (DC6, EX17)."""
