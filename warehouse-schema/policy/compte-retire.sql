-- Ends a login: its open sessions, its rights, whatever it may have left in this database, and itself.
DO $$ BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}';
EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;
DELETE FROM registre.habilitation WHERE role_sql = '{login}';
DO $$ BEGIN GRANT {login} TO CURRENT_USER; DROP OWNED BY {login}; DROP ROLE {login}; EXCEPTION WHEN undefined_object THEN NULL; END $$;
