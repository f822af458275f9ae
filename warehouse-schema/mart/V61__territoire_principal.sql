-- A filter of territories opens on the région of the publication that has most values: which one that is stands in what is published, not in a view.
ALTER TABLE mart.territoire ADD COLUMN est_principal boolean NOT NULL DEFAULT false;

UPDATE mart.territoire t SET est_principal = true
FROM (
  SELECT DISTINCT ON (publication) publication, territoire
  FROM (
    SELECT m.publication, m.territoire, r.territoire_code, count(*) AS valeurs
    FROM mart.mesure m
    JOIN mart.territoire r ON r.publication = m.publication AND r.territoire = m.territoire AND r.territoire_type = 'REGION'
    GROUP BY m.publication, m.territoire, r.territoire_code) compte
  ORDER BY publication, valeurs DESC, territoire_code) principal
WHERE t.publication = principal.publication AND t.territoire = principal.territoire;

CREATE OR REPLACE VIEW restitution.territoire WITH (security_invoker = true) AS
SELECT a.audience, t.publication, t.territoire_type, t.territoire_code, restitution.territoire_type(t.territoire_type) AS type_de_territoire,
  restitution.territoire(t.territoire_type, t.territoire_code, t.libelle) AS territoire,
  CASE WHEN t.est_principal THEN 0 ELSE CASE t.territoire_type WHEN 'REGION' THEN 1 WHEN 'ENSEMBLE' THEN 2 WHEN 'DEPARTEMENT' THEN 3 WHEN 'CPTS' THEN 4 WHEN 'EPCI' THEN 5 WHEN 'INCONNU' THEN 6 ELSE 7 END END AS rang
FROM mart.territoire t
CROSS JOIN (VALUES ('interne'), ('partenaire'), ('public')) a (audience)
WHERE a.audience <> 'public' OR t.territoire_type IN ('ENSEMBLE', 'REGION', 'DEPARTEMENT');

-- What the policy of access has opened stays open: a view that is replaced forgets it.
DO $$
DECLARE
  one regclass;
BEGIN
  FOREACH one IN ARRAY ARRAY['restitution.indicateur'::regclass, 'restitution.territoire'::regclass] LOOP
    IF (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = one) = 'vigie_restitution' THEN
      EXECUTE format('ALTER VIEW %s RESET (security_invoker)', one);
    END IF;
  END LOOP;
END $$;
