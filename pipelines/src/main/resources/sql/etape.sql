-- one row per step of a chain of orientations: emissions less than 24 h after the one before (contract in warehouse-schema/gold/etape.yaml)
WITH emise AS (
  SELECT
    o.*, m.chaine_id AS chaine,
    concat_ws('|', coalesce(o.destinataire_type, 'null'), coalesce(o.destinataire_id, 'null')) AS destinataire,
    o.statut IN ('REFUSEE', 'REORIENTEE') AND coalesce(o.date_reponse < :limite, true) AS est_refusee,
    coalesce(o.date_reponse, o.date_emission) AS refusee_le,
    CASE WHEN o.statut = 'REALISEE' AND coalesce(o.date_realisation < :limite, true)
      THEN coalesce(o.date_realisation, o.date_emission) END AS realisee_le,
    unix_timestamp(o.date_emission) - unix_timestamp(lag(o.date_emission) OVER suite) AS ecart
  FROM silver_orientations o
  JOIN maillon_de_chaine m ON m.patient_id = o.patient_id AND m.orientation_id = concat(o.source, '|', o.orientation_id)
  WHERE o.statut NOT IN ('ERREUR', 'BROUILLON') AND NOT (o.statut = 'ANNULEE' AND coalesce(o.date_cloture < :limite, true))
  WINDOW suite AS (PARTITION BY o.patient_id, m.chaine_id ORDER BY o.date_emission, o.orientation_id, o.source)
),
rangee AS (
  SELECT *, sum(CASE WHEN ecart IS NULL OR ecart >= 86400 THEN 1 ELSE 0 END)
    OVER (PARTITION BY patient_id, chaine ORDER BY date_emission, orientation_id, source) AS rang
  FROM emise
),
envoi AS (
  SELECT *,
    rang = min(rang) OVER (PARTITION BY patient_id, chaine, destinataire) AS est_nouveau,
    min(realisee_le) OVER (PARTITION BY patient_id, chaine) AS realisation_le
  FROM rangee
),
etape AS (
  SELECT
    patient_id, chaine, rang,
    min_by(struct(date_emission, date_emission_precision, commune_insee, destinataire_type, destinataire_id),
      struct(date_emission, orientation_id, source)) AS premiere,
    bool_and(est_refusee) AS est_refusee,
    max(refusee_le) AS refusee_le,
    min(date_emission) FILTER (WHERE est_nouveau) AS nouveau_destinataire_le,
    min(realisation_le) AS realisation_le
  FROM envoi
  GROUP BY patient_id, chaine, rang
),
refus AS (
  -- Steps in a row that are known to be refused when this one is: those between the nearest two that are not.
  SELECT
    e.patient_id, e.chaine, e.rang,
    coalesce(min(a.rang) FILTER (WHERE a.rang > e.rang AND NOT (a.est_refusee AND a.refusee_le <= e.refusee_le)), max(a.rang) + 1)
      - coalesce(max(a.rang) FILTER (WHERE a.rang < e.rang AND NOT (a.est_refusee AND a.refusee_le <= e.refusee_le)), 0) - 1 AS de_suite
  FROM etape e
  JOIN etape a ON a.patient_id = e.patient_id AND a.chaine = e.chaine
  WHERE e.est_refusee
  GROUP BY e.patient_id, e.chaine, e.rang
)
SELECT
  patient_id,
  to_date(premiere.date_emission) AS jour,
  premiere.date_emission AS instant,
  plus_tard(premiere.date_emission, premiere.date_emission_precision) AS instant_max,
  premiere.commune_insee AS commune_du_fait,
  CASE WHEN premiere.destinataire_type = 'ES' THEN premiere.destinataire_id END AS etablissement,
  CASE WHEN premiere.destinataire_type NOT IN ('ES', 'PRO', 'STRUCTURE', 'PATIENT', 'AUTRE') THEN premiere.destinataire_id END AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  chaine AS ancre,
  CAST(coalesce(de_suite, 0) AS INT) AS refus_successifs,
  CASE WHEN est_refusee THEN refusee_le END AS refus_le,
  nouveau_destinataire_le,
  CASE WHEN nouveau_destinataire_le IS NOT NULL
    THEN datediff(to_date(nouveau_destinataire_le), to_date(lag(nouveau_destinataire_le, 2) OVER nouveaux)) END AS jours_depuis_2_destinataires,
  realisation_le
FROM etape
LEFT JOIN refus USING (patient_id, chaine, rang)
WINDOW
  nouveaux AS (PARTITION BY patient_id, chaine, nouveau_destinataire_le IS NOT NULL ORDER BY rang)
