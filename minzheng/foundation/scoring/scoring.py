"""The sheets of standards/scoring; the registry shelves them from here."""

from minzheng.foundation.scoring.reading import read_sheets

DECLARED = read_sheets()
