-- One row per function or catalogue that a reader may still use although the policy closes it.
SELECT p.oid::regprocedure::text AS nom
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname <> 'restitution' AND p.provolatile <> 'i' AND has_function_privilege('vigie_lecteurs', p.oid, 'EXECUTE')
  AND NOT (n.nspname = 'pg_catalog' AND p.proname IN ('version', 'current_schema', 'to_char', 'date_trunc', 'timestamptz'))
UNION ALL
SELECT c.oid::regclass::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('pg_catalog', 'information_schema', 'mart', 'registre', 'coffre', 'batch') AND c.relkind IN ('r', 'v', 'p')
  AND has_any_column_privilege('vigie_lecteurs', c.oid, 'SELECT')
ORDER BY 1
