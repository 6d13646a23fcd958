"""Reserve funds (备用金): a township's own small account for help that cannot wait, proven against cases each month."""
