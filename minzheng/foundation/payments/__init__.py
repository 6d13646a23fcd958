"""Payments (发放): the monthly list, its evidence, the file to the one-card system and what the bank answers."""
