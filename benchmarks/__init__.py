"""Benchmarks: each prints JSON; figures are compared within one run only."""
