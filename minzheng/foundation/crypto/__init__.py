"""Numbers, telephones and accounts sealed in the database and found again by a keyed index (docs/encryption.md)."""
