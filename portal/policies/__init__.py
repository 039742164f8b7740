"""Who may see and do what: pure functions, in one place and nowhere else."""
