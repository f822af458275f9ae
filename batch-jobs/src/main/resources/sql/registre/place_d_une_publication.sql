-- one row: bytes of an average publication; NULL before the first
SELECT (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE c.relnamespace = 'mart'::regnamespace AND c.relkind = 'r')::bigint
  / nullif((SELECT count(*) FROM registre.publication), 0)
