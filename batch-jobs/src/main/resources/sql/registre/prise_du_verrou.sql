-- one row: whether this session now holds the lock of the instance, whose number nothing else uses (« VIGIE »)
SELECT pg_try_advisory_lock(370596596037)
