-- One account of a reader: which LOGIN role of PostgreSQL is its own, for whom it answers, and until when (the whole last day, Paris). The name of
-- the login is drawn: a catalogue that shows it tells nobody who has an account.
CREATE TABLE registre.compte (
  compte text PRIMARY KEY,
  login text NOT NULL UNIQUE,
  role text NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  jusqu_au date,
  cree_le timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX compte_sans_casse ON registre.compte (lower(compte));

ALTER TABLE registre.habilitation
  ADD COLUMN audience text NOT NULL DEFAULT '',
  ADD COLUMN qualite boolean NOT NULL DEFAULT false;

-- The territories that the reading role answers for, by publication and audience.
CREATE OR REPLACE VIEW restitution.visible WITH (security_invoker = true) AS
SELECT t.publication, t.territoire, h.audience
FROM mart.territoire t
JOIN registre.habilitation h ON h.role_sql = current_user::text
  AND (h.territoire_type = '*' OR h.territoire_type = 'ETABLISSEMENT' AND t.territoire_type = 'ENSEMBLE')
UNION
SELECT r.publication, r.membre, h.audience
FROM mart.ressort r
JOIN mart.territoire p ON p.publication = r.publication AND p.territoire = r.porteur
JOIN registre.habilitation h ON h.role_sql = current_user::text AND h.territoire_type = p.territoire_type AND h.territoire_code = p.territoire_code;

-- « numerateur = 5 » asked of a column may be tried before the rules of rows are, and how long the answer takes, or its plan, tells whether it was
-- true of a row that is not shown. Asked of « numerateur + 0 », which is no leakproof expression, it waits for the rules. All that is shown derives
-- from these columns.
CREATE OR REPLACE VIEW restitution.mesure WITH (security_invoker = true) AS
SELECT 'interne' AS audience, publication, ligne, territoire, periode,
  numerateur + 0 AS numerateur, denominateur + 0 AS denominateur, valeur + 0 AS valeur, ic_bas + 0 AS ic_bas, ic_haut + 0 AS ic_haut,
  verdict || '' AS verdict, statut || '' AS statut
FROM mart.mesure
UNION ALL
SELECT 'partenaire', publication, ligne, territoire, periode,
  numerateur + 0, denominateur + 0, valeur + 0, ic_bas + 0, ic_haut + 0, verdict || '', statut || ''
FROM mart.mesure_partenaire
UNION ALL
SELECT 'public', publication, ligne, territoire, periode,
  numerateur + 0, denominateur + 0, valeur + 0, ic_bas + 0, ic_haut + 0, verdict || '', statut || ''
FROM mart.mesure_public;

CREATE OR REPLACE VIEW restitution.effectif WITH (security_invoker = true) AS
SELECT 'interne' AS audience, publication, etape, territoire, periode, effectif + 0 AS effectif, 'PUBLIE' AS statut FROM mart.effectif
UNION ALL
SELECT 'partenaire', publication, etape, territoire, periode, effectif + 0, statut || '' FROM mart.effectif_partenaire;

-- What a reader's session may not lift: PostgreSQL lets anybody set these, so that whoever set them higher is given no figure.
CREATE FUNCTION restitution.limites_tenues() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF current_setting('statement_timeout')::interval NOT BETWEEN interval '1 millisecond' AND interval '60 seconds'
    OR pg_size_bytes(current_setting('work_mem')) > pg_size_bytes('64MB')
    OR current_setting('hash_mem_multiplier')::numeric > 2
    OR current_setting('max_parallel_workers_per_gather')::int > 2 THEN
    RAISE EXCEPTION 'Les limites de temps et de mémoire d’un lecteur ne se lèvent pas : une session qui les change ne lit aucun chiffre.'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN true;
END $$;

-- A session may lift its limit of time and compute without reading any figure: whoever goes on longer than a question may is cut off, and so is a
-- session that stays, for Superset keeps none from one question to the next.
-- Superset asks for this regularly, under the account of its pool.
CREATE FUNCTION restitution.couper_les_lecteurs_trop_longs() RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(pg_terminate_backend(s.pid))
  FROM pg_stat_activity s JOIN registre.compte c ON c.login = s.usename
  WHERE s.datname = current_database() AND (s.xact_start < clock_timestamp() - interval '61 seconds' OR s.backend_start < clock_timestamp() - interval '2 minutes')
$$;
REVOKE EXECUTE ON FUNCTION restitution.couper_les_lecteurs_trop_longs() FROM PUBLIC;
