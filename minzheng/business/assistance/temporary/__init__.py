"""临时救助 (A6, A7): help for what comes suddenly, and for spending that no family can bear."""
