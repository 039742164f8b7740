"""What the portal still owes: the job table, its leases, the queue that hurries, the worker."""
