"""Hostile SQL: what somebody would try who holds the secret with which Superset opens PostgreSQL for one reader.

Each line: a name, how it is judged, and statements, the last of which is looked at. Everything runs in a transaction that is rolled back.
In the text, <exact> reads a figure hidden from the reader in the internal table, <theirs> in the table of a reader who may see it, <view> in the view of
the dashboards; <victim> is that reader's role, <cell> the figure's place, <codes> the same in codes, <pid> and <role> a session and a role of others.
"""
import io
import re
import threading
import time

import psycopg2
import psycopg2.errors

# How an attempt is judged. FIGURE: the exact figure came back, in rows, notices or errors. NAMES: an account or a telling role of somebody else did.
# ROWS: anything at all came back. RUNS: it was not refused. Whatever the judge, a hidden figure in what came back is a success.
FIGURE, NAMES, ROWS, RUNS = "figure", "names", "rows", "runs"
DRAWN_NAME = re.compile(r"vigie_lecteur_[0-9a-f]{20}")

RUNS_LOCK = 0x5649474945

ATTACKS = [
    # --- figures, straight -------------------------------------------------------------------------------------------------------------------
    ("the internal table", FIGURE, "<exact>"),
    ("the table of another audience", FIGURE, "<theirs>"),
    ("a partition of the internal table", FIGURE, "SELECT numerateur, denominateur FROM mart.mesure_<publication> WHERE <cell>"),
    ("a partition of the table of partners", FIGURE, "SELECT numerateur, denominateur FROM mart.mesure_partenaire_<publication> WHERE <cell>"),
    ("the view of values, place by place", FIGURE, "<view>"),
    ("the view of values, of the internal audience", FIGURE, "<view> AND audience = 'interne'"),
    ("the raw view of measures", FIGURE, "SELECT numerateur, denominateur FROM restitution.mesure WHERE <cell>"),
    ("the views of the workbooks", FIGURE, "SELECT numerateur, denominateur FROM mart.valeur WHERE publication = <publication> AND indicateur = '<indicator>'"
     " AND territoire_code = '<code>' AND periode = '<period_code>'"),
    ("the vault of identities", ROWS, "SELECT * FROM coffre.identite LIMIT 1"),
    ("the key of pseudonyms", ROWS, "SELECT * FROM registre.cle"),
    ("rejected values of files", ROWS, "SELECT valeur FROM registre.rejet LIMIT 1"),
    ("parameters of runs", ROWS, "SELECT * FROM batch.batch_job_execution_params LIMIT 1"),
    ("rights of the others", ROWS, "SELECT * FROM registre.habilitation WHERE role_sql <> current_user::text"),
    ("the register", ROWS, "SELECT * FROM registre.publication LIMIT 1"),
    # --- SQL in a string ---------------------------------------------------------------------------------------------------------------------
    ("query_to_xml", FIGURE, "SELECT query_to_xml($q$<exact>$q$, true, true, '')::text"),
    ("query_to_xml after set_config('role')", FIGURE,
     "SELECT query_to_xml($q$<theirs>$q$, true, true, '')::text FROM (SELECT set_config('role', '<victim>', false) OFFSET 0) s"),
    ("query_to_xml with set_config inside it", FIGURE, "SELECT query_to_xml($q$SELECT set_config('role', '<victim>', false)$q$, true, true, ''),"
     " query_to_xml($q$<theirs>$q$, true, true, '')::text"),
    ("query_to_xml_and_xmlschema", FIGURE, "SELECT query_to_xml_and_xmlschema($q$<exact>$q$, true, true, '')::text"),
    ("query_to_xmlschema, another's types", ROWS, "SELECT query_to_xmlschema($q$<exact>$q$, true, true, '')::text"),
    ("cursor_to_xml", FIGURE, "DECLARE c CURSOR FOR <exact>", "SELECT cursor_to_xml('c', 5, true, true, '')::text"),
    ("cursor_to_xml over refcursor of a harmless name", RUNS, "DECLARE c CURSOR FOR SELECT 1", "SELECT cursor_to_xml('c', 5, true, true, '')::text"),
    ("table_to_xml of the rights", ROWS, "SELECT table_to_xml('registre.habilitation', true, true, '')::text"),
    ("table_to_xml of the publications", ROWS, "SELECT table_to_xml('registre.publication', true, true, '')::text"),
    ("schema_to_xml of the register", ROWS, "SELECT schema_to_xml('registre', true, true, '')::text"),
    ("schema_to_xmlschema", ROWS, "SELECT schema_to_xmlschema('mart', true, true, '')::text"),
    ("database_to_xmlschema", ROWS, "SELECT database_to_xmlschema(true, true, '')::text"),
    ("database_to_xml", RUNS, "SET LOCAL statement_timeout = '2s'", "SELECT length(database_to_xml(true, true, '')::text)"),
    ("ts_stat", FIGURE, "SELECT string_agg(word, ' ' ORDER BY ndoc, word) FROM ts_stat($q$SELECT to_tsvector('simple', 'n' || numerateur || ' ' || denominateur) FROM mart.mesure"
     " WHERE <cell>$q$)"),
    ("ts_stat runs a query", ROWS, "SELECT word FROM ts_stat($q$SELECT 'm4rk'::tsvector$q$)"),
    ("ts_rewrite with a query", ROWS, "SELECT ts_rewrite('a'::tsquery, $q$SELECT 'a'::tsquery, 'm4rk'::tsquery$q$)"),
    ("xpath over query_to_xml", FIGURE, "SELECT (xpath('//text()', query_to_xml($q$<exact>$q$, true, true, '')))::text"),
    ("xmltable over query_to_xml", FIGURE, "SELECT n, d FROM xmltable('//row' PASSING query_to_xml($q$<exact>$q$, false, false, '')"
     " COLUMNS n text PATH 'numerateur', d text PATH 'denominateur')"),
    ("an external entity of XML", ROWS, "SELECT (xpath('/x/text()', XMLPARSE(DOCUMENT '<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>')))[1]"),
    ("dblink", RUNS, "SELECT dblink('dbname=vigie', 'SELECT 1')"),
    ("an extension", RUNS, "CREATE EXTENSION dblink"),
    ("a trusted extension", RUNS, "CREATE EXTENSION pg_trgm"),
    ("a foreign server", RUNS, "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"),
    # --- another role ------------------------------------------------------------------------------------------------------------------------
    ("SET ROLE of a reader who may see it", FIGURE, "SET ROLE \"<victim>\"", "<theirs>"),
    ("SET ROLE, then the view", FIGURE, "SET ROLE \"<victim>\"", "<view>"),
    ("SET LOCAL ROLE", FIGURE, "SET LOCAL ROLE \"<victim>\"", "<theirs>"),
    ("set_config('role')", FIGURE, "SELECT set_config('role', '<victim>', false)", "<theirs>"),
    ("set_config('session_authorization')", FIGURE, "SELECT set_config('session_authorization', '<victim>', false)", "<theirs>"),
    ("SET SESSION AUTHORIZATION of a reader", FIGURE, "SET SESSION AUTHORIZATION \"<victim>\"", "<theirs>"),
    ("SET SESSION AUTHORIZATION of the owner", FIGURE, "SET SESSION AUTHORIZATION vigie", "<exact>"),
    ("RESET ROLE", FIGURE, "RESET ROLE", "<exact>"),
    ("RESET ROLE, then the other's", FIGURE, "RESET ROLE", "SET ROLE \"<victim>\"", "<theirs>"),
    ("SET ROLE NONE, then the internal group", FIGURE, "SET ROLE NONE", "SET ROLE vigie_interne", "<exact>"),
    ("DISCARD ALL, then the other's role", FIGURE, "COMMIT", "DISCARD ALL", "SET ROLE \"<victim>\"", "<theirs>"),
    ("SET ROLE of the group of internal readers", FIGURE, "SET ROLE vigie_interne", "<exact>"),
    ("SET ROLE of the owner", FIGURE, "SET ROLE vigie", "<exact>"),
    ("SET ROLE pg_read_all_data", FIGURE, "SET ROLE pg_read_all_data", "<exact>"),
    ("GRANT of another's role", RUNS, "GRANT \"<victim>\" TO CURRENT_USER"),
    ("GRANT of what it reads to everyone", RUNS, "GRANT SELECT ON restitution.valeur TO PUBLIC", "SELECT 1/(has_table_privilege('public', 'restitution.valeur', 'SELECT')::int)"),
    ("a role of one's own", RUNS, "CREATE ROLE m4rk LOGIN"),
    ("row security off", FIGURE, "SET row_security = off", "<theirs>"),
    ("a policy of one's own", RUNS, "CREATE POLICY m4rk ON mart.mesure USING (true)"),
    ("row security taken off the table", RUNS, "ALTER TABLE mart.mesure DISABLE ROW LEVEL SECURITY"),
    ("search_path before the views", FIGURE, "SET search_path = pg_temp, public, restitution", "<view>"),
    # --- below row-level security ------------------------------------------------------------------------------------------------------------
    ("a cast that says the figure, on the table", FIGURE, "SELECT count(*) FROM mart.mesure WHERE <cell> AND (numerateur || '/' || denominateur)::int > 0"),
    ("a cast that says the figure, on the view", FIGURE, "SELECT count(*) FROM restitution.valeur WHERE <codes> AND (numerateur || '/' || denominateur)::int > 0"),
    ("a cast that says the figure, on another's table", FIGURE, "SELECT count(*) FROM mart.mesure_partenaire WHERE <cell> AND (numerateur || '/' || denominateur)::int > 0"),
    ("a guess of the figure, on the view", ROWS, "SELECT 1 FROM restitution.valeur WHERE <codes> AND numerateur = <num> AND denominateur = <den>"),
    ("a guess of the figure, on the table", ROWS, "SELECT 1 FROM mart.mesure WHERE <cell> AND numerateur = <num> AND denominateur = <den>"),
    ("a function that tells every row it is given", RUNS, "CREATE FUNCTION pg_temp.dit(a bigint, b bigint) RETURNS bool COST 0.0001 LANGUAGE plpgsql AS"
     " $f$ BEGIN RAISE NOTICE '% %', a, b; RETURN true; END $f$", "SELECT count(*) FROM mart.mesure WHERE <cell> AND pg_temp.dit(numerateur, denominateur)"),
    ("the same on the view", RUNS, "CREATE FUNCTION pg_temp.dit(a bigint, b bigint) RETURNS bool COST 0.0001 LANGUAGE plpgsql AS"
     " $f$ BEGIN RAISE NOTICE '% %', a, b; RETURN true; END $f$", "SELECT count(*) FROM restitution.valeur WHERE <codes> AND pg_temp.dit(numerateur, denominateur)"),
    ("a function in SQL", RUNS, "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
    ("a function in C", RUNS, "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE c AS '/lib/x86_64-linux-gnu/libc.so.6', 'getpid'"),
    ("an operator", RUNS, "CREATE OPERATOR public.=~= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)"),
    ("a cast of one's own", RUNS, "CREATE CAST (text AS int) WITH INOUT"),
    ("a block that reads and tells", FIGURE, "DO $f$ DECLARE r record; BEGIN FOR r IN <exact> LOOP RAISE NOTICE '% %', r.numerateur, r.denominateur; END LOOP; END $f$"),
    ("a block of code", RUNS, "DO $f$ BEGIN PERFORM 1; END $f$"),
    ("PREPARE and EXECUTE", FIGURE, "PREPARE m4rk AS <exact>", "EXECUTE m4rk"),
    ("a cursor", FIGURE, "DECLARE c CURSOR FOR <exact>", "FETCH ALL FROM c"),
    ("the samples of a table", ROWS, "SELECT numerateur, denominateur FROM mart.mesure TABLESAMPLE SYSTEM (0.01) LIMIT 1"),
    ("the physical place of rows", ROWS, "SELECT ctid, tableoid FROM mart.mesure_<publication> WHERE <cell>"),
    ("a page of the table", ROWS, "SELECT get_raw_page('mart.mesure_<publication>', 0)"),
    # --- COPY --------------------------------------------------------------------------------------------------------------------------------
    ("COPY of the internal table", FIGURE, "COPY (<exact>) TO STDOUT"),
    ("COPY of the vault", ROWS, "COPY coffre.identite TO STDOUT"),
    ("COPY of the register", ROWS, "COPY registre.habilitation TO STDOUT"),
    ("COPY to a file", RUNS, "COPY (SELECT 1) TO '/tmp/vigie-m4rk'"),
    ("COPY from a file", ROWS, "CREATE TEMP TABLE t (l text)", "COPY t FROM '/etc/hostname'", "SELECT * FROM t"),
    ("COPY to a program", RUNS, "COPY (SELECT 1) TO PROGRAM 'true'"),
    ("COPY from a program", RUNS, "CREATE TEMP TABLE t (l text)", "COPY t FROM PROGRAM 'id'"),
    # --- files and the machine ---------------------------------------------------------------------------------------------------------------
    ("pg_read_file", ROWS, "SELECT pg_read_file('postgresql.conf')"),
    ("pg_read_file of the system", ROWS, "SELECT pg_read_file('/etc/hostname')"),
    ("pg_read_binary_file", ROWS, "SELECT pg_read_binary_file('/etc/hostname')"),
    ("pg_ls_dir", ROWS, "SELECT pg_ls_dir('.')"),
    ("pg_ls_waldir", ROWS, "SELECT * FROM pg_ls_waldir() LIMIT 1"),
    ("pg_ls_logdir", ROWS, "SELECT count(*) FROM pg_ls_logdir()"),
    ("pg_ls_tmpdir", ROWS, "SELECT count(*) FROM pg_ls_tmpdir()"),
    ("pg_stat_file", ROWS, "SELECT pg_stat_file('postgresql.conf')"),
    ("pg_current_logfile", ROWS, "SELECT coalesce(pg_current_logfile(), 'none')"),
    ("pg_hba_file_rules", ROWS, "SELECT * FROM pg_hba_file_rules LIMIT 1"),
    ("pg_file_settings", ROWS, "SELECT * FROM pg_file_settings LIMIT 1"),
    ("where the data are", ROWS, "SELECT current_setting('data_directory')"),
    ("where the data are, SHOW", ROWS, "SHOW data_directory"),
    ("where the data are, pg_settings", ROWS, "SELECT setting FROM pg_settings WHERE name IN ('data_directory', 'hba_file', 'config_file')"),
    ("pg_config", ROWS, "SELECT * FROM pg_config LIMIT 1"),
    ("pg_shmem_allocations", ROWS, "SELECT * FROM pg_shmem_allocations LIMIT 1"),
    ("pg_backend_memory_contexts", ROWS, "SELECT count(*) FROM pg_backend_memory_contexts"),
    ("pg_relation_filepath", ROWS, "SELECT pg_relation_filepath('mart.mesure_<publication>')"),
    ("pg_reload_conf", RUNS, "SELECT pg_reload_conf()"),
    ("pg_rotate_logfile", RUNS, "SELECT pg_rotate_logfile()"),
    ("pg_switch_wal", RUNS, "SELECT pg_switch_wal()"),
    ("pg_logical_emit_message", RUNS, "SELECT pg_logical_emit_message(false, 'm4rk', 'm4rk')"),
    ("a replication slot", RUNS, "SELECT pg_create_physical_replication_slot('m4rk')"),
    ("pg_export_snapshot", RUNS, "SELECT pg_export_snapshot()"),
    ("LOAD", RUNS, "LOAD 'auto_explain'"),
    ("ALTER SYSTEM", RUNS, "COMMIT", "ALTER SYSTEM SET work_mem = '64MB'"),
    # --- large objects -----------------------------------------------------------------------------------------------------------------------
    ("lo_import", RUNS, "SELECT lo_import('/etc/hostname')"),
    ("lo_export", RUNS, "SELECT lo_export(1, '/tmp/vigie-m4rk')"),
    ("lo_create", RUNS, "SELECT lo_create(0)"),
    ("lo_creat", RUNS, "SELECT lo_creat(-1)"),
    ("lo_from_bytea", RUNS, "SELECT lo_from_bytea(0, 'm4rk')"),
    ("lo_get after lo_from_bytea", RUNS, "SELECT lo_from_bytea(4711, 'm4rk')", "SELECT lo_get(4711)"),
    ("the catalog of large objects", ROWS, "SELECT count(*) FROM pg_largeobject_metadata"),
    # --- side effects ------------------------------------------------------------------------------------------------------------------------
    ("a temporary table", RUNS, "CREATE TEMP TABLE t (a int)"),
    ("a temporary view", RUNS, "CREATE TEMP VIEW v AS SELECT 1"),
    ("a temporary sequence", RUNS, "CREATE TEMP SEQUENCE s", "SELECT nextval('s')"),
    ("a table", RUNS, "CREATE TABLE restitution.m4rk (a int)"),
    ("a table in public", RUNS, "CREATE TABLE public.m4rk (a int)"),
    ("SELECT INTO", RUNS, "SELECT 1 AS a INTO TEMP t"),
    ("a schema", RUNS, "CREATE SCHEMA m4rk"),
    ("a type", RUNS, "CREATE TYPE pg_temp.m4rk AS ENUM ('a')"),
    ("a domain", RUNS, "CREATE DOMAIN pg_temp.m4rk AS int"),
    ("nextval", RUNS, "SELECT nextval(oid) FROM pg_class WHERE relkind = 'S' LIMIT 1"),
    ("nextval of the runs", RUNS, "SELECT nextval('batch.batch_job_execution_seq')"),
    ("lastval, pg_sequences", ROWS, "SELECT schemaname, sequencename, last_value FROM pg_sequences LIMIT 1"),
    ("currval", RUNS, "SELECT currval('batch.batch_job_execution_seq')"),
    ("setval", RUNS, "SELECT setval('batch.batch_job_execution_seq', 1)"),
    ("pg_notify", RUNS, "SELECT pg_notify('m4rk', 'm4rk')"),
    ("pg_listening_channels", RUNS, "SELECT count(*) FROM pg_listening_channels()"),
    ("the lock of the runs", RUNS, f"SELECT pg_try_advisory_xact_lock({RUNS_LOCK})"),
    ("the lock of the runs, shared", RUNS, f"SELECT pg_try_advisory_xact_lock_shared({RUNS_LOCK})"),
    ("the lock of the runs, waiting", RUNS, f"SELECT pg_advisory_xact_lock({RUNS_LOCK})"),
    ("the lock of the runs, shared and waiting", RUNS, f"SELECT pg_advisory_xact_lock_shared({RUNS_LOCK})"),
    ("the lock of the runs, for the session", RUNS, f"SELECT pg_try_advisory_lock({RUNS_LOCK}), pg_advisory_unlock_all()"),
    ("the lock of the runs, in two numbers", RUNS, "SELECT pg_try_advisory_xact_lock(86, 1229408581)"),
    ("a lock against a publication", RUNS, "LOCK TABLE mart.mesure IN ACCESS EXCLUSIVE MODE"),
    ("a lock on the view", RUNS, "LOCK TABLE restitution.valeur IN ACCESS EXCLUSIVE MODE"),
    ("a lock on a catalog", RUNS, "LOCK TABLE pg_catalog.pg_class IN ACCESS SHARE MODE"),
    ("rows locked", RUNS, "SELECT 1 FROM restitution.valeur WHERE <codes> LIMIT 1 FOR UPDATE"),
    ("DELETE", RUNS, "DELETE FROM mart.mesure WHERE false"),
    ("UPDATE of a figure through the view", RUNS, "UPDATE restitution.valeur SET numerateur = 1 WHERE false"),
    ("INSERT of a right", RUNS, "INSERT INTO registre.habilitation SELECT current_user::text, '*', '*', ''"),
    ("TRUNCATE", RUNS, "TRUNCATE restitution.modalite"),
    ("ANALYZE", "notice", "ANALYZE mart.mesure"),
    ("VACUUM", "notice", "COMMIT", "VACUUM registre.publication"),
    ("CLUSTER", RUNS, "CLUSTER mart.territoire_<publication>"),
    ("REINDEX", RUNS, "REINDEX TABLE registre.publication"),
    ("CHECKPOINT", RUNS, "COMMIT", "CHECKPOINT"),
    ("REFRESH of a view", RUNS, "REFRESH MATERIALIZED VIEW restitution.ressort"),
    ("a definition replaced", RUNS, "CREATE OR REPLACE VIEW restitution.valeur AS SELECT 1"),
    ("a function of the views replaced", RUNS, "CREATE OR REPLACE FUNCTION restitution.mois(numero int) RETURNS text LANGUAGE sql IMMUTABLE RETURN 'm4rk'"),
    ("a view let open", RUNS, "ALTER VIEW restitution.valeur RESET (security_invoker)"),
    ("COMMENT", RUNS, "COMMENT ON VIEW restitution.valeur IS 'm4rk'"),
    ("COMMENT on oneself", RUNS, "COMMENT ON ROLE CURRENT_USER IS 'm4rk'"),
    ("a label of security", RUNS, "SECURITY LABEL ON ROLE CURRENT_USER IS 'm4rk'"),
    ("REASSIGN OWNED", RUNS, "REASSIGN OWNED BY vigie TO CURRENT_USER"),
    ("default privileges", RUNS, "ALTER DEFAULT PRIVILEGES FOR ROLE vigie GRANT SELECT ON TABLES TO PUBLIC"),
    ("the database altered", RUNS, "ALTER DATABASE vigie SET work_mem = '64kB'"),
    ("a database", RUNS, "COMMIT", "CREATE DATABASE m4rk"),
    ("an event trigger", RUNS, "CREATE EVENT TRIGGER m4rk ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
    ("a subscription", RUNS, "CREATE SUBSCRIPTION m4rk CONNECTION 'dbname=vigie' PUBLICATION p WITH (connect = false)"),
    ("a publication of changes", RUNS, "CREATE PUBLICATION m4rk FOR ALL TABLES"),
    # --- oneself -----------------------------------------------------------------------------------------------------------------------------
    ("the password of the pool", RUNS, "ALTER ROLE vigie_superset PASSWORD 'm4rk'"),
    ("the password of the pool, after RESET ROLE", RUNS, "RESET ROLE", "ALTER ROLE vigie_superset PASSWORD 'm4rk'"),
    ("the password of another", RUNS, "ALTER ROLE \"<victim>\" PASSWORD 'm4rk'"),
    ("the settings of the pool, for good", RUNS, "RESET ROLE", "ALTER ROLE vigie_superset SET work_mem = '1GB'"),
    ("the settings of everyone", RUNS, "ALTER ROLE ALL SET work_mem = '64kB'"),
    ("one's own rights", RUNS, "ALTER ROLE CURRENT_USER SUPERUSER"),
    ("one's own bypass of row security", RUNS, "ALTER ROLE CURRENT_USER BYPASSRLS"),
    ("one's own validity", RUNS, "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity'"),
    ("one's own connections", RUNS, "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1"),
    # --- settings ----------------------------------------------------------------------------------------------------------------------------
    ("set_config of the time limit", RUNS, "SELECT set_config('statement_timeout', '0', false)"),
    ("set_config of memory", RUNS, "SELECT set_config('work_mem', '8GB', false)"),
    ("set_config of anything", RUNS, "SELECT set_config('vigie.m4rk', 'm4rk', false)"),
    ("settings written through their view", RUNS, "UPDATE pg_settings SET setting = '0' WHERE name = 'statement_timeout'"),
    ("memory raised, then figures", FIGURE, "SET work_mem = '2GB'", "<exact>"),
    ("the temporary files' limit", RUNS, "SET temp_file_limit = -1"),
    ("replication mode", RUNS, "SET session_replication_role = replica"),
    ("what the server writes", RUNS, "SET log_statement = 'none'"),
    ("a library loaded", RUNS, "SET session_preload_libraries = 'auto_explain'"),
    ("debugging output", FIGURE, "SET client_min_messages = debug5", "SET debug_print_plan = on", "<exact>"),
    ("read-only taken off, then a write", RUNS, "SET transaction_read_only = off", "CREATE TEMP TABLE t (a int)"),
    # --- others' sessions --------------------------------------------------------------------------------------------------------------------
    ("sessions of the others", NAMES, "SELECT usename, application_name, client_addr, query FROM pg_stat_activity"),
    ("pg_stat_get_activity", ROWS, "SELECT pid, usesysid FROM pg_stat_get_activity(NULL) WHERE pid <> pg_backend_pid() LIMIT 1"),
    ("pg_stat_get_backend_activity", RUNS, "SELECT pg_stat_get_backend_activity(1)"),
    ("pg_locks", ROWS, "SELECT pid FROM pg_locks WHERE pid <> pg_backend_pid() UNION ALL SELECT pid FROM pg_locks LIMIT 1"),
    ("pg_cancel_backend of another", RUNS, "SELECT 1/pg_cancel_backend(<pid>)::int"),
    ("pg_terminate_backend of another", RUNS, "SELECT 1/pg_terminate_backend(<pid>)::int"),
    ("pg_log_backend_memory_contexts", RUNS, "SELECT pg_log_backend_memory_contexts(<pid>)"),
    ("pg_blocking_pids", RUNS, "SELECT pg_blocking_pids(<pid>)"),
    ("statistics wiped", RUNS, "SELECT pg_stat_reset_single_table_counters('mart.mesure'::regclass)"),
    ("statistics of tables cleared", RUNS, "SELECT pg_clear_relation_stats('mart', 'mesure_<publication>')"),
    ("what another session reads and writes", ROWS, "SELECT reads FROM pg_stat_get_backend_io(<pid>) LIMIT 1"),
    ("pg_stat_statements", ROWS, "SELECT query FROM pg_stat_statements LIMIT 1"),
    ("prepared transactions", ROWS, "SELECT count(*) FROM pg_prepared_xacts"),
    ("cursors and prepared statements", RUNS, "SELECT count(*) FROM pg_cursors, pg_prepared_statements"),
    ("pg_sleep", RUNS, "SELECT pg_sleep(1)"),
    ("pg_sleep_for", RUNS, "SELECT pg_sleep_for('1 s')"),
    # --- who has an account ------------------------------------------------------------------------------------------------------------------
    ("pg_roles", NAMES, "SELECT rolname FROM pg_roles"),
    ("pg_roles inside query_to_xml", NAMES, "SELECT query_to_xml('SELECT rolname FROM pg_roles', true, true, '')::text"),
    ("pg_user", NAMES, "SELECT usename FROM pg_user"),
    ("pg_group", NAMES, "SELECT groname FROM pg_group"),
    ("pg_authid", ROWS, "SELECT rolname FROM pg_authid"),
    ("pg_shadow", ROWS, "SELECT usename, passwd FROM pg_shadow"),
    ("pg_auth_members", NAMES, "SELECT member::regrole, roleid::regrole FROM pg_auth_members"),
    ("pg_auth_members, how many", ROWS, "SELECT count(*) FROM pg_auth_members"),
    ("pg_db_role_setting", NAMES, "SELECT setrole::regrole, setconfig FROM pg_db_role_setting"),
    ("pg_policies", NAMES, "SELECT policyname, roles, qual FROM pg_policies"),
    ("pg_default_acl", NAMES, "SELECT defaclrole::regrole, defaclacl::text FROM pg_default_acl"),
    ("rights written on the tables", NAMES, "SELECT relname, relacl::text FROM pg_class WHERE relacl IS NOT NULL"),
    ("rights written on the schemas", NAMES, "SELECT nspname, nspacl::text FROM pg_namespace"),
    ("rights written on the database", NAMES, "SELECT datname, datacl::text FROM pg_database"),
    ("rights written on the columns", NAMES, "SELECT attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL"),
    ("rights at the creation", NAMES, "SELECT initprivs::text FROM pg_init_privs"),
    ("dependences on roles", NAMES, "SELECT refobjid::regrole FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass"),
    ("descriptions of shared objects", ROWS, "SELECT description FROM pg_shdescription WHERE classoid = 'pg_authid'::regclass"),
    ("information_schema.applicable_roles", NAMES, "SELECT grantee, role_name FROM information_schema.applicable_roles"),
    ("information_schema.enabled_roles", NAMES, "SELECT role_name FROM information_schema.enabled_roles"),
    ("information_schema.role_table_grants", NAMES, "SELECT grantor, grantee, table_name FROM information_schema.role_table_grants"),
    ("information_schema.table_privileges", NAMES, "SELECT grantor, grantee, table_name FROM information_schema.table_privileges"),
    ("information_schema.usage_privileges", NAMES, "SELECT grantor, grantee FROM information_schema.usage_privileges"),
    ("information_schema.schemata", NAMES, "SELECT schema_name, schema_owner FROM information_schema.schemata"),
    ("pg_get_userbyid over the numbers", NAMES, "SELECT pg_get_userbyid(i) FROM generate_series(10, 10000) i UNION SELECT pg_get_userbyid(i) FROM generate_series(16000, 40000) i"),
    ("regrole over the numbers", NAMES, "SELECT i::oid::regrole::text FROM generate_series(16000, 40000) i WHERE i::oid::regrole::text <> i::text"),
    ("aclitem over the numbers", NAMES, "SELECT acldefault('r', i::oid)::text FROM generate_series(16000, 40000) i"),
    ("makeaclitem over the numbers", NAMES, "SELECT makeaclitem(i::oid, i::oid, 'SELECT', false)::text FROM generate_series(16000, 40000) i"),
    ("pg_describe_object over the numbers", NAMES, "SELECT pg_describe_object(1260, i::oid, 0) FROM generate_series(16000, 40000) i"),
    ("pg_identify_object over the numbers", NAMES, "SELECT pg_identify_object(1260, i::oid, 0)::text FROM generate_series(16000, 40000) i"),
    ("pg_get_acl", NAMES, "SELECT pg_get_acl(1259, c.oid, 0)::text FROM pg_class c"),
    ("row_to_json of a role", NAMES, "SELECT to_json(r) FROM pg_roles r"),
    # --- catalogs ----------------------------------------------------------------------------------------------------------------------------
    ("statistics of the columns", ROWS, "SELECT most_common_vals FROM pg_stats WHERE schemaname = 'mart' AND attname IN ('numerateur', 'denominateur') LIMIT 1"),
    ("statistics of the columns, raw", ROWS, "SELECT stavalues1 FROM pg_statistic LIMIT 1"),
    ("extended statistics", ROWS, "SELECT stxdmcv FROM pg_statistic_ext_data LIMIT 1"),
    ("rows counted per table", ROWS, "SELECT n_live_tup FROM pg_stat_user_tables WHERE relname LIKE 'mesure%%' AND n_live_tup > 0"),
    ("rows estimated per table", ROWS, "SELECT reltuples FROM pg_class WHERE relname LIKE 'mesure\\_%%' AND reltuples > 0 LIMIT 1"),
    ("sizes of tables", ROWS, "SELECT pg_total_relation_size('mart.mesure_<publication>')"),
    ("tables' input and output", ROWS, "SELECT heap_blks_read FROM pg_statio_user_tables WHERE heap_blks_read > 0 LIMIT 1"),
    ("when runs happened", ROWS, "SELECT last_analyze FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL LIMIT 1"),
    ("commit times and transaction numbers", RUNS, "SELECT pg_current_xact_id()"),
    ("foreign servers and mappings", ROWS, "SELECT * FROM pg_user_mappings"),
]

# What no setting of PostgreSQL can take from whoever holds a session, and which tells and changes nothing of others. Tried and told, not counted.
HARMLESS = [
    ("LISTEN", "any session may", "LISTEN m4rk"),
    ("NOTIFY", "any session may; nobody of Vigie listens", "NOTIFY m4rk, 'm4rk'"),
    ("SET work_mem", "a setting of one's own session; what it could read is tried above", "SET work_mem = '64MB'"),
    ("ACCESS SHARE on the view", "what a SELECT takes as well", "LOCK TABLE restitution.valeur IN ACCESS SHARE MODE"),
    ("the definition of a view", "the source is public", "SELECT pg_get_viewdef('restitution.valeur'::regclass)"),
    ("the definition of a function", "the source is public", "SELECT pg_get_functiondef('restitution.mois(int)'::regprocedure)"),
    ("the version", "tells nothing of anybody", "SELECT version()"),
    ("one's own password", "PostgreSQL lets every role; only the pages of this reader stop, until the next import", "ALTER ROLE CURRENT_USER PASSWORD 'm4rk'"),
    ("one's own settings for good", "as above; lifted limits read no figure, and the next import takes them back", "ALTER ROLE CURRENT_USER SET work_mem = '1MB'"),
    ("one's own name", "an opaque name of one's own", "SELECT current_user, session_user"),
]


class Attempt:
    """What came of some statements: rows, what was said, whether all were done."""

    def __init__(self):
        self.rows, self.said, self.done, self.seconds = [], "", False, 0.0

    def text(self):
        return "\n".join(" ".join("" if value is None else str(value) for value in row) for row in self.rows) + "\n" + self.said


class Thief:
    """A reader's secret at PostgreSQL."""

    def __init__(self, instance, reader, pid):
        self.instance, self.reader, self.pid, self.connection = instance, reader, pid, None
        self.names = instance.names(reader)

    def open(self):
        if self.connection is None or self.connection.closed:
            self.connection = self.instance.connect(self.reader.secret)
        return self.connection

    def close(self):
        if self.connection is not None and not self.connection.closed:
            self.connection.close()
        self.connection = None

    def fill(self, statement, cell):
        victim = cell.victim
        words = {"exact": f"SELECT numerateur, denominateur FROM mart.mesure WHERE {cell.by_number()}",
                 "theirs": f"SELECT numerateur, denominateur FROM {victim.table if victim else 'mart.mesure'} WHERE {cell.by_number()}",
                 "view": f"SELECT numerateur, denominateur FROM restitution.valeur WHERE {cell.by_code()}", "cell": cell.by_number(), "codes": cell.by_code(),
                 "victim": victim.role_sql if victim else "vigie_interne", "publication": cell.publication, "indicator": cell.indicator, "code": cell.code,
                 "period_code": cell.period_code, "num": cell.num, "den": cell.den, "pid": self.pid, "role": self.reader.role_sql}
        return re.sub(r"<(\w+)>", lambda found: str(words.get(found[1], found[0])), statement.replace("%%", "%"))

    def run(self, statements, connection=None):
        attempt, began = Attempt(), time.time()
        connection = connection or self.open()
        del connection.notices[:]
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    if statement.startswith("COPY") and "STDOUT" in statement:
                        out = io.StringIO()
                        cursor.copy_expert(statement, out)
                        attempt.rows = [(line,) for line in out.getvalue().splitlines()[:200]]
                        continue
                    if re.match(r"(VACUUM|ALTER SYSTEM|CREATE DATABASE|CHECKPOINT|DISCARD)", statement):
                        connection.commit()
                        connection.autocommit = True
                    cursor.execute(statement)
                    # The largest list of names is longer than what one would look at.
                    attempt.rows = cursor.fetchmany(60000) if cursor.description else []
            attempt.done = True
        except psycopg2.Error as refused:
            attempt.said = str(refused)
            attempt.rows = []
        attempt.seconds = time.time() - began
        attempt.said += "\n" + "".join(connection.notices)
        try:
            if not connection.closed:
                connection.rollback()
                if connection.autocommit or any(re.match(r"(SET |RESET|COMMIT|SELECT set_config|DISCARD|DECLARE|PREPARE|LOAD)", one) for one in statements):
                    raise psycopg2.OperationalError("used")
        except psycopg2.Error:
            # A session whose settings were touched is not the one that Superset opens.
            self.close()
        return attempt

    def judged(self, how, attempt, cell):
        # One's own drawn name may hold the digits of a figure: 8/74 was once found in three lists of roles.
        if cell.told.search(DRAWN_NAME.sub("", attempt.text())):
            return f"told {cell.num}/{cell.den}"
        if how == NAMES:
            # An error repeats what it was asked; names count when they came in rows.
            found = sorted(set(self.names.findall("\n".join(" ".join(map(str, row)) for row in attempt.rows))))
            return found and "told " + ", ".join(found)[:80]
        if how == ROWS:
            return attempt.done and any(value is not None for row in attempt.rows for value in row) and "gave " + str(attempt.rows[0])[:80]
        if how == "notice":
            return attempt.done and "permission denied" not in attempt.said and "ran"
        return how == RUNS and (attempt.done and "ran" or "statement timeout" in attempt.said and "ran until its time was up")


def attack(instance, reader, pid, report):
    """Every line of the list, on each figure that is hidden from this reader."""
    thief = Thief(instance, reader, pid)
    for name, how, *statements in ATTACKS:
        found = None
        figure_bound = any(re.search("<(exact|theirs|view|cell|codes|victim|code|num)>", one) for one in statements)
        for cell in reader.hidden() if figure_bound else reader.hidden()[:1]:
            found = found or thief.judged(how, thief.run([thief.fill(one, cell) for one in statements]), cell)
        report(reader.name, "PostgreSQL", name, found)
    for name, why, statement in HARMLESS:
        report.note(reader.name, name, why, thief.run([thief.fill(statement, reader.hidden()[0])]).done)
    for name, trick in TRICKS:
        try:
            report(reader.name, "PostgreSQL", name, trick(thief))
        except psycopg2.Error as refused:
            report(reader.name, "PostgreSQL", name, None, refused)
    thief.close()


# --- what takes more than a line -----------------------------------------------------------------------------------------------------------------
def walk(plan):
    yield tuple(plan.get(one) for one in ("Node Type", "Actual Rows", "Actual Loops", "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter"))
    for child in plan.get("Plans", []):
        yield from walk(child)


def plans(thief, source, column):
    """EXPLAIN ANALYZE counts rows below row-level security: the plan of a right guess must be the plan of a wrong one."""
    for cell in thief.reader.hidden():
        # The same number may stand in the open at another period of the same line: a plan that counts that row tells nothing.
        if cell is thief.reader.masked and thief.instance.rows(f"SELECT 1 FROM {thief.reader.table} WHERE {cell.by_number().split(' AND periode')[0]} AND {column} = "
                                                               f"{cell.num if column == 'numerateur' else cell.den}"):
            continue
        told = []
        for guess in (cell.num if column == "numerateur" else cell.den, 987654, 876543):
            sql = f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF, FORMAT JSON) SELECT count(*) FROM {thief.fill(source, cell)} AND {column} = {guess}"
            found = thief.run([sql])
            if not found.done:
                return None
            told.append(sorted(map(str, walk(found.rows[0][0][0]["Plan"]))))
        if told[1] == told[2] and told[0] != told[1]:
            return f"{column} = {cell.num if column == 'numerateur' else cell.den} is planned as wrong guesses are, and counted otherwise"
    return None


def guessed_role(thief, real, invented):
    """Whether an answer differs between a name that exists and one that does not."""
    real, invented = thief.run([real]), thief.run([invented])
    normal = lambda attempt, name: (attempt.done, re.sub(r'"[^"]*"', '""', attempt.said).strip(), len(attempt.rows))
    return normal(real, "") != normal(invented, "") and "tells a name that exists from one that does not"


def oracle(template):
    def trick(thief):
        telling = thief.instance.telling_roles(thief.reader)
        return guessed_role(thief, template.format(telling[0]), template.format("vigie_role_invente")) if telling else None
    return trick


def direct(**how):
    """Another way in with the same address: another account, another database, no password."""
    def trick(thief):
        secret = {**thief.reader.secret, **{key: value for key, value in how.items() if key != "sql"}}
        secret.pop("options", None)
        for one in ([secret] if "user" in how or "dbname" in how else [{**secret, "user": other.role_sql} for other in thief.instance.readers if other is not thief.reader]):
            try:
                connection = thief.instance.connect(one, options="-c statement_timeout=6000")
            except psycopg2.OperationalError:
                continue
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT current_user")
                    return f"in as {cursor.fetchone()[0]}, {one['dbname']}"
            finally:
                connection.close()
        return None
    return trick


def options(thief):
    """The role is chosen by an option of the connection: the thief chooses another."""
    for cell in thief.reader.hidden():
        if cell.victim is None:
            continue
        try:
            connection = thief.instance.connect(thief.reader.secret, options=f"-c role={cell.victim.role_sql} -c statement_timeout=6000")
        except psycopg2.OperationalError:
            continue
        try:
            found = thief.run([thief.fill("<theirs>", cell)], connection)
            if not cell.told.search(found.text()):
                found = thief.run([thief.fill("<view>", cell)], connection)
            if cell.told.search(found.text()):
                return f"told {cell.num}/{cell.den}"
        finally:
            connection.close()
    return None


def asked_settings(thief):
    """Whatever settings views, rules and functions ask are set to what belongs to another reader."""
    asked = {name for (text,) in thief.instance.rows(
        "SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v' AND relnamespace IN ('mart'::regnamespace, 'restitution'::regnamespace) UNION ALL"
        " SELECT pg_get_expr(polqual, polrelid) FROM pg_policy UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace IN"
        " ('mart'::regnamespace, 'restitution'::regnamespace, 'registre'::regnamespace) AND prokind = 'f'") if text
        for name in re.findall(r"current_setting\('([\w.]+)'", text) if "." in name}
    for cell in thief.reader.hidden():
        other = cell.victim
        for value in filter(None, [other and other.role_sql, other and other.name, other and other.territory, other and other.role, "*", "interne"]):
            for name in asked:
                found = thief.run([f"SET {name} = '{value}'", thief.fill("<view>", cell)])
                if cell.told.search(found.text()):
                    return f"{name} = {value} told {cell.num}/{cell.den}"
    return None


def definers(thief):
    """A function that runs as its owner and looks for names where its caller says: what it would find can be made beforehand."""
    found = [name for (name,) in thief.instance.rows(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.prosecdef AND NOT coalesce(p.proconfig::text LIKE '%%search_path=%%', false) AND p.prosqlbody IS NULL"
        " AND has_function_privilege(%s, p.oid, 'EXECUTE')", thief.reader.role_sql)]
    return found and "search_path of the caller in " + ", ".join(found)[:80]


def planner(thief):
    """The estimates of the planner come from statistics of every row: of the two guesses, only one may be in its list of common values."""
    for cell in thief.reader.hidden():
        told = []
        for guess in (cell.num, 987654):
            found = thief.run([thief.fill(f"EXPLAIN (FORMAT JSON) SELECT numerateur FROM mart.mesure WHERE numerateur = {guess}", cell)])
            if not found.done:
                return None
            told.append(found.rows[0][0][0]["Plan"]["Plan Rows"])
        if told[0] != told[1]:
            return f"estimates {told[0]} rows of the right figure and {told[1]} of a wrong one"
    return None


TRICKS = [
    ("plans that count below row security: the internal table", lambda thief: plans(thief, "mart.mesure WHERE <cell>", "numerateur")),
    ("plans that count below row security: partners' table", lambda thief: plans(thief, "mart.mesure_partenaire WHERE <cell>", "numerateur")),
    ("plans that count below row security: the view, numerator", lambda thief: plans(thief, "restitution.valeur WHERE <codes>", "numerateur")),
    ("plans that count below row security: the view, denominator", lambda thief: plans(thief, "restitution.valeur WHERE <codes>", "denominateur")),
    ("estimates of the planner", planner),
    ("functions of an owner that look where the caller says", definers),
    ("pg_input_is_valid tells names", oracle("SELECT 1 WHERE pg_input_is_valid('{}', 'regrole')")),
    ("pg_input_error_info tells names", oracle("SELECT 1 WHERE (pg_input_error_info('{}', 'regrole')).message IS NULL")),
    ("COMMENT ON ROLE tells names", oracle("COMMENT ON ROLE \"{}\" IS 'm4rk'")),
    ("SET ROLE tells names", oracle('SET ROLE "{}"')),
    ("regrole tells names", oracle("SELECT '{}'::regrole")),
    ("to_regrole tells names", oracle("SELECT 1 WHERE to_regrole('{}') IS NOT NULL")),
    ("has_table_privilege tells names", oracle("SELECT has_table_privilege('{}', 'restitution.valeur', 'SELECT')")),
    ("pg_has_role tells names", oracle("SELECT pg_has_role('{}', 'MEMBER')")),
    ("aclitem tells names", oracle("SELECT '{}=r/vigie'::aclitem")),
    ("GRANT tells names", oracle('GRANT "{}" TO CURRENT_USER')),
    ("CREATE SCHEMA AUTHORIZATION tells names", oracle('CREATE SCHEMA AUTHORIZATION "{}"')),
    ("the role chosen at connection", options),
    ("the settings that the views ask", asked_settings),
    ("another reader's role, the same password", direct()),
    ("vigie_superset without a password", direct(user="vigie_superset", password="")),
    ("the owner without a password", direct(user="vigie", password="")),
    ("the owner, its name for password", direct(user="vigie", password="vigie")),
    ("postgres", direct(user="postgres", password="postgres")),
    ("the database postgres", direct(dbname="postgres")),
    ("the database template1", direct(dbname="template1")),
    ("replication", direct(replication="true", user="vigie_superset")),
]


class LongQuestion(threading.Thread):
    """A question of more than a minute after its limit was lifted; beside the rest, once."""

    def __init__(self, instance, reader):
        super().__init__(daemon=True)
        self.instance, self.reader, self.found, self.error = instance, reader, None, ""

    def run(self):
        connection = None
        try:
            began = time.time()
            connection = self.instance.connect(self.reader.secret, options=self.reader.secret.get("options", ""))
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("SET transaction_timeout = 0")
                watch = threading.Timer(66, connection.cancel)
                watch.start()
                try:
                    # Asleep when that is allowed: it leaves the machine to the other attempts.
                    cursor.execute("SAVEPOINT s")
                    try:
                        cursor.execute("SELECT pg_sleep(90)")
                    except psycopg2.errors.InsufficientPrivilege:
                        cursor.execute("ROLLBACK TO s")
                        cursor.execute("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000000) b WHERE a # b = -1")
                finally:
                    watch.cancel()
        except psycopg2.Error as refused:
            self.error = str(refused)
        if time.time() - began > 65:
            self.found = "went on for more than 65 s"
        if connection is not None and not connection.closed:
            connection.close()
