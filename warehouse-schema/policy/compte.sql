-- Makes the login of one person of the dashboards, or brings it to what it answers for; run again, it changes nothing. Of the words in braces, verifier
-- is what PostgreSQL keeps of the password (SCRAM-SHA-256), end the instant after the last day, or infinity; the others are its share of the policy.
DO $$ BEGIN CREATE ROLE {login} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- Superset answers sixteen questions at a time, all of one reader perhaps.
ALTER ROLE {login} LOGIN CONNECTION LIMIT 20 PASSWORD '{verifier}' VALID UNTIL '{end}';
-- A login may change its own settings: what somebody left there goes.
ALTER ROLE {login} RESET ALL;
-- Limits of time and memory that restitution.limites_tenues keeps a session from lifting; a chart takes a fraction of a second.
ALTER ROLE {login} SET default_transaction_read_only = 'on';
ALTER ROLE {login} SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE {login} SET lock_timeout = '10s';
ALTER ROLE {login} SET statement_timeout = '60s';
ALTER ROLE {login} SET work_mem = '64MB';
-- Only a superuser sets this one; without it a question is still held by its time.
DO $$ BEGIN ALTER ROLE {login} SET temp_file_limit = '1GB'; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;
GRANT vigie_lecteurs TO {login};

DELETE FROM registre.habilitation WHERE role_sql = '{login}';
INSERT INTO registre.habilitation (role_sql, territoire_type, territoire_code, indicateurs, audience, qualite)
SELECT '{login}', '{type}', '{code}', indicateurs, '{audience}', {quality} FROM unnest(ARRAY[{indicators}]) AS indicateurs;
-- Too few rows for the server to count them by itself; every question of a reader is planned with them.
ANALYZE registre.habilitation;

-- Its sessions do not outlive its last day. Where we may not end one of another role, it goes on for two minutes, as a login that reads nothing new.
DO $$ BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{login}' AND now() >= '{end}';
EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;
