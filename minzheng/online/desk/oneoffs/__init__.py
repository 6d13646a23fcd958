"""One-off payments: what sets one off, the totals before anything is owed, publicity, confirmation."""
