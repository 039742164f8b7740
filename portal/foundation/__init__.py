"""What every room stands on: the database, the vault, and the domain's few errors."""
