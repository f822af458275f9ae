-- Before each reader had a login of its own, the account of Superset's pool took shared roles. None of them, and none of its rights, may be left.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT r.rolname AS name FROM pg_roles r
    WHERE NOT r.rolcanlogin AND (r.rolname IN ('vigie_interne', 'vigie_partenaire', 'vigie_public', 'vigie_qualite', 'vigie_personne') OR r.rolname LIKE 'vigie\_role\_%')
  LOOP
    EXECUTE format('GRANT %I TO CURRENT_USER', one.name);
    EXECUTE format('DROP OWNED BY %I', one.name);
    BEGIN
      EXECUTE format('DROP ROLE %I', one.name);
    EXCEPTION WHEN dependent_objects_still_exist THEN
      -- Another database of this server still knows it: it has no right left in this one, and the pool is no member of it.
      EXECUTE format('REVOKE %I FROM vigie_superset', one.name);
    END;
  END LOOP;
  -- The views were open to whoever was in a group.
  EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA restitution FROM PUBLIC, vigie_superset, vigie_lecteurs';
  EXECUTE 'ALTER ROLE vigie_superset INHERIT CONNECTION LIMIT 20';
END $$
