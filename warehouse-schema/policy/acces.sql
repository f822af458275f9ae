-- Rôles, droits et règles de lignes de PostgreSQL : des vues que seuls les lecteurs lisent, sous un rôle qui ne possède rien d’autre et à qui les
-- règles de lignes donnent les lignes de qui demande ; tout le reste est fermé. Se relance sans rien changer.
-- « vigie superset import » l’applique. Sur un serveur où le compte de Vigie n’est pas superutilisateur, un superutilisateur
-- l’applique une fois dans la base de Vigie, qui doit être la sienne seule : la dernière instruction ferme ce que tous peuvent exécuter et lire.

-- Owns the views of the dashboards: reads the tables, by the rules of rows, and logs in nowhere.
DO $$ BEGIN CREATE ROLE vigie_restitution NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- What every reader is a member of: the right to ask the views, which answer nothing to whoever has no habilitation.
DO $$ BEGIN CREATE ROLE vigie_lecteurs NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- Superset logs in as this one before it knows who asks: it reads nothing.
DO $$ BEGIN CREATE ROLE vigie_superset LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;

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
END $$;
ALTER ROLE vigie_superset RESET ALL;
ALTER ROLE vigie_superset SET statement_timeout = '60s';

-- What is open to the owner of the views.
GRANT USAGE ON SCHEMA restitution, mart, registre TO vigie_restitution;
GRANT SELECT ON mart.territoire, mart.periode, mart.ressort, mart.lecture, mart.indicateur, mart.ligne, mart.etape,
  registre.publication, registre.publication_courante, registre.habilitation, restitution.contour, restitution.modalite TO vigie_restitution;
GRANT SELECT (id, fichier, flux, source, complet_jusqu_au, lues, rejetees, avertissements, statut, recu_le) ON registre.livraison TO vigie_restitution;
GRANT SELECT (livraison, colonne, niveau, code) ON registre.rejet TO vigie_restitution;

-- The rows of figures of each audience: those of one's own territories and indicators, within the limits of a reader. The audience is asked once,
-- before any row: whoever has another one does not even open the table.
GRANT SELECT ON mart.mesure TO vigie_restitution;
ALTER TABLE mart.mesure ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.mesure;
CREATE POLICY vigie_lecture ON mart.mesure FOR SELECT TO vigie_restitution USING (
  (SELECT restitution.limites_tenues())
  AND EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.audience = 'interne')
  AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = 'interne')
  AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

GRANT SELECT ON mart.effectif TO vigie_restitution;
ALTER TABLE mart.effectif ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.effectif;
CREATE POLICY vigie_lecture ON mart.effectif FOR SELECT TO vigie_restitution USING (
  (SELECT restitution.limites_tenues())
  AND EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.audience = 'interne')
  AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = 'interne')
  AND (publication, etape) IN (SELECT k.publication, k.etape FROM mart.etape k));

GRANT SELECT ON mart.mesure_partenaire TO vigie_restitution;
ALTER TABLE mart.mesure_partenaire ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.mesure_partenaire;
CREATE POLICY vigie_lecture ON mart.mesure_partenaire FOR SELECT TO vigie_restitution USING (
  (SELECT restitution.limites_tenues())
  AND EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.audience = 'partenaire')
  AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = 'partenaire')
  AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

GRANT SELECT ON mart.effectif_partenaire TO vigie_restitution;
ALTER TABLE mart.effectif_partenaire ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.effectif_partenaire;
CREATE POLICY vigie_lecture ON mart.effectif_partenaire FOR SELECT TO vigie_restitution USING (
  (SELECT restitution.limites_tenues())
  AND EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.audience = 'partenaire')
  AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = 'partenaire')
  AND (publication, etape) IN (SELECT k.publication, k.etape FROM mart.etape k));

GRANT SELECT ON mart.mesure_public TO vigie_restitution;
ALTER TABLE mart.mesure_public ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.mesure_public;
CREATE POLICY vigie_lecture ON mart.mesure_public FOR SELECT TO vigie_restitution USING (
  (SELECT restitution.limites_tenues())
  AND EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.audience = 'public')
  AND (publication, territoire) IN (SELECT v.publication, v.territoire FROM restitution.visible v WHERE v.audience = 'public')
  AND (publication, ligne) IN (SELECT k.publication, k.ligne FROM mart.ligne k));

ALTER TABLE registre.habilitation ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON registre.habilitation;
CREATE POLICY vigie_lecture ON registre.habilitation FOR SELECT TO vigie_restitution USING (role_sql = current_user::text);

-- Arrays, which are made once for a question: a look for each of the thousands of lines would grow with the number of accounts.
ALTER TABLE mart.ligne ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.ligne;
CREATE POLICY vigie_lecture ON mart.ligne FOR SELECT TO vigie_restitution USING (
  indicateur ^@ ANY (ARRAY(SELECT h.indicateurs FROM registre.habilitation h
    WHERE h.role_sql = current_user::text AND h.territoire_type <> 'ETABLISSEMENT'))
  OR indicateur ^@ ANY (ARRAY(SELECT h.indicateurs FROM registre.habilitation h
    WHERE h.role_sql = current_user::text AND h.territoire_type = 'ETABLISSEMENT'))
  AND ventilation = ANY (ARRAY(SELECT 'etablissement=' || h.territoire_code FROM registre.habilitation h
    WHERE h.role_sql = current_user::text AND h.territoire_type = 'ETABLISSEMENT')));

-- The funnel of an établissement is not published: that of everybody is not its own. A look for each step is wanted here: with arrays, PostgreSQL
-- takes the steps for free and reads all of them again for each indicator.
ALTER TABLE mart.etape ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON mart.etape;
CREATE POLICY vigie_lecture ON mart.etape FOR SELECT TO vigie_restitution USING (
  EXISTS (SELECT 1 FROM registre.habilitation h
    WHERE h.role_sql = current_user::text AND starts_with(indicateur, h.indicateurs) AND h.territoire_type <> 'ETABLISSEMENT'));

-- Files and rejects: who answers for the quality of what it sends.
ALTER TABLE registre.livraison ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON registre.livraison;
CREATE POLICY vigie_lecture ON registre.livraison FOR SELECT TO vigie_restitution USING (
  EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.qualite));
ALTER TABLE registre.rejet ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS vigie_lecture ON registre.rejet;
CREATE POLICY vigie_lecture ON registre.rejet FOR SELECT TO vigie_restitution USING (
  EXISTS (SELECT 1 FROM registre.habilitation h WHERE h.role_sql = current_user::text AND h.qualite));

-- A view reads as its owner: a view of a superuser would pass by every rule of rows.
GRANT vigie_restitution TO CURRENT_USER;
GRANT CREATE ON SCHEMA restitution TO vigie_restitution;
DO $$
DECLARE
  shown text[] := ARRAY['valeur', 'carte', 'entonnoir', 'territoire', 'periode', 'publication', 'indicateur', 'ventilation', 'flux', 'rejet', 'ressort'];
  hidden text[] := ARRAY['mesure', 'effectif', 'visible'];
  one text;
BEGIN
  FOREACH one IN ARRAY hidden || shown
  LOOP
    EXECUTE format('ALTER VIEW restitution.%I OWNER TO vigie_restitution', one);
    EXECUTE format('ALTER VIEW restitution.%I RESET (security_invoker)', one);
  END LOOP;
  -- What the data sets of Superset read, and its rules of rows; the others are what those are made of.
  FOREACH one IN ARRAY shown
  LOOP
    EXECUTE format('GRANT SELECT ON restitution.%I TO vigie_lecteurs', one);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA restitution FROM vigie_restitution;
-- A function that looks words up reads this one as the person who asks.
GRANT SELECT ON restitution.modalite TO vigie_lecteurs;
GRANT USAGE ON SCHEMA restitution TO vigie_lecteurs, vigie_superset;
GRANT EXECUTE ON FUNCTION restitution.couper_les_lecteurs_trop_longs() TO vigie_superset;

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
      WHERE n.nspname = 'pg_catalog' AND p.provolatile <> 'i' AND p.proname IN ('version', 'current_schema', 'to_char', 'date_trunc', 'timestamptz')
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
END $$;
