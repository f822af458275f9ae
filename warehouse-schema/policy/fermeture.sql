-- Closes to everybody what is not needed to read a dashboard; run again, it changes nothing. Found in the catalogue, so that a function or a table
-- of a later PostgreSQL, or of an extension, is closed as well. The owner of the tables of Vigie keeps all that it had.
DO $$
DECLARE
  owner name := (SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'mart');
  one record;
BEGIN
  -- Whoever is no superuser may not: « vigie superset import » tells what stays open.
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    -- An IMMUTABLE function depends on its arguments alone: it cannot read a table, a file, a setting or a session, nor change one. All others.
    FOR one IN
      SELECT p.oid::regprocedure::text AS signature
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname <> 'restitution' AND p.provolatile <> 'i'
        AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)
    LOOP
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %s', one.signature, owner);
      EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', one.signature);
    END LOOP;
    -- An earlier list may have left more.
    FOR one IN
      SELECT p.oid::regprocedure::text AS signature
      FROM pg_proc p, aclexplode(p.proacl) a
      WHERE a.grantee IN ('vigie_lecteurs'::regrole, 'vigie_superset'::regrole) AND p.pronamespace = 'pg_catalog'::regnamespace
    LOOP
      EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM vigie_lecteurs, vigie_superset', one.signature);
    END LOOP;
    -- What remains, one by one, and why: section « fonctions » of acces.yaml.
    FOR one IN
      SELECT p.oid::regprocedure::text AS signature
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname = 'pg_catalog' AND p.provolatile <> 'i' AND p.proname IN (:fonctions)
    LOOP
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO vigie_lecteurs, vigie_superset', one.signature);
    END LOOP;
    -- No catalogue: who has an account, what runs, how values are distributed.
    FOR one IN
      SELECT c.oid::regclass::text AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v')
        AND (EXISTS (SELECT 1 FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
          OR EXISTS (SELECT 1 FROM pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid = c.oid AND a.grantee = 0))
    LOOP
      EXECUTE format('GRANT SELECT ON %s TO %s', one.name, owner);
      EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', one.name);
    END LOOP;
    FOR one IN
      SELECT lanname AS name FROM pg_language l
      WHERE lanpltrusted AND EXISTS (SELECT 1 FROM aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a WHERE a.grantee = 0)
    LOOP
      EXECUTE format('GRANT USAGE ON LANGUAGE %I TO %s', one.name, owner);
      EXECUTE format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', one.name);
    END LOOP;
  END IF;
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %s', current_database(), owner);
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO vigie_lecteurs, vigie_superset', current_database());
  EXECUTE 'REVOKE ALL ON SCHEMA public FROM PUBLIC';
END $$
