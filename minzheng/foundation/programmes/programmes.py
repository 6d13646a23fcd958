"""What the installed lines declare in their programmes.yaml; the registry shelves it from here."""

from minzheng.foundation.programmes.reading import read_all

DECLARED = read_all()
