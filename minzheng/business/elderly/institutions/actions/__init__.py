"""Writes on homes, by the officers of the place or by the home's own account."""
