"""The ledger (资金账): double entry, whole fen, append-only, kept honest by PostgreSQL itself."""
