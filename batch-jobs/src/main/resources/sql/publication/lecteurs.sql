-- one row per transaction of others that holds a table of the mart
SELECT DISTINCT l.virtualtransaction
FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.locktype = 'relation' AND n.nspname = 'mart' AND c.relkind = 'p' AND l.pid <> pg_backend_pid()
