-- one row per rupture de parcours that has occurred (domaine 2, 0.9 bis; contract in warehouse-schema/gold/rupture.yaml)
WITH vivante AS (
  SELECT r.*, p.deces, coalesce(p.est_en_ald, false) OR coalesce(age_revolu(p.naissance_derniere, to_date(r.survenue)) >= :age_fragile, false)
      OR coalesce(size(p.vulnerabilites) >= :vulnerabilites_fragiles, false) AS est_fragile
  FROM rupture_possible r
  LEFT JOIN personne p ON p.patient_id = r.patient_id
  WHERE r.survenue < :limite AND NOT coalesce(r.empechee_le < r.survenue, false) AND NOT coalesce(p.deces <= r.survenue, false)
),
rangee AS (
  SELECT *, row_number() OVER (PARTITION BY regle, patient_id, unique_par ORDER BY survenue, ancre, constate_le DESC) AS rang FROM vivante
),
premiere AS (
  SELECT * FROM rangee WHERE rang = 1
)
SELECT
  r.patient_id,
  to_date(r.survenue) AS jour,
  r.survenue AS instant,
  r.survenue AS instant_max,
  CAST(NULL AS STRING) AS commune_du_fait,
  r.etablissement,
  r.dispositif,
  r.profession,
  r.mode,
  r.regle,
  r.version_regle,
  r.ancre,
  least(r.fermeture, CASE WHEN r.est_close_par_deces THEN r.deces END) AS close_le,
  least(:severite_max, r.severite + CASE WHEN r.est_fragile THEN :fragilite ELSE 0 END) AS severite,
  CASE WHEN a.ancre IS NOT NULL THEN r.absorbante END AS absorbee_par
FROM premiere r
LEFT JOIN premiere a ON a.regle = r.absorbante AND a.patient_id = r.patient_id AND a.ancre = r.absorbee_a_travers
