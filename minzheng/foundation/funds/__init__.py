"""Where a county's money comes from and what became of it: papers of allotment, checked by a second person (S-223)."""
