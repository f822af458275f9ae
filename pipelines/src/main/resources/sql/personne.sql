-- one row per person of the référentiel: each attribute from the most recent row that tells it (domaine 0.2, 0.9, 3.5)
WITH ligne AS (
  SELECT
    patient_id,
    struct(version, coalesce(commune_debut, DATE'0001-01-01') AS debut, contenu) AS ordre,
    date_naissance, to_date(concat(mois_naissance, '-01')) AS mois, make_date(annee_naissance, 1, 1) AS annee, sexe, pathologies, ald, vulnerabilites, qpv, date_deces
  FROM silver_patients
),
referentiel AS (
  SELECT
    patient_id,
    max_by(date_naissance, ordre) FILTER (WHERE date_naissance IS NOT NULL) AS date_naissance,
    max_by(mois, ordre) FILTER (WHERE mois IS NOT NULL) AS mois,
    max_by(annee, ordre) FILTER (WHERE annee IS NOT NULL) AS annee,
    max_by(sexe, ordre) FILTER (WHERE sexe IS NOT NULL) AS sexe,
    max_by(pathologies, ordre) FILTER (WHERE size(pathologies) > 0) AS pathologies,
    max_by(ald, ordre) FILTER (WHERE size(ald) > 0) AS ald,
    max_by(vulnerabilites, ordre) FILTER (WHERE size(vulnerabilites) > 0) AS vulnerabilites,
    max_by(qpv, ordre) FILTER (WHERE qpv IS NOT NULL) AS qpv,
    max_by(date_deces, ordre) FILTER (WHERE date_deces IS NOT NULL) AS date_deces
  FROM ligne
  GROUP BY patient_id
),
deces AS (
  -- the earliest day, and on that day the earliest hour that is known
  SELECT patient_id, min_by(date_heure, struct(to_date(date_heure), date_heure_precision = 'jour', date_heure)) AS instant
  FROM silver_evenements WHERE type = 'DECES' AND patient_id IS NOT NULL
  GROUP BY patient_id
)
SELECT
  coalesce(r.patient_id, d.patient_id) AS patient_id,
  r.patient_id IS NOT NULL AS est_connu,
  coalesce(r.date_naissance, r.mois, r.annee) AS naissance_premiere,
  coalesce(r.date_naissance, last_day(r.mois), make_date(year(r.annee), 12, 31)) AS naissance_derniere,
  r.sexe,
  array_sort(array_distinct(concat(
    coalesce(r.pathologies, array()),
    array_compact(transform(coalesce(r.ald, array()), n -> CASE
      WHEN n = 8 THEN 'DIAB' WHEN n = 30 THEN 'CANC' WHEN n IN (3, 5, 12, 13) THEN 'CARD' WHEN n = 14 THEN 'RESP' WHEN n = 23 THEN 'PSY'
      WHEN n IN (15, 16) THEN 'NEUD' WHEN n = 1 THEN 'AVC' WHEN n = 19 THEN 'IRC' ELSE 'AUTRE' END))))) AS pathologies,
  size(coalesce(r.ald, array())) > 0 AS est_en_ald,
  array_sort(array_distinct(concat(coalesce(r.vulnerabilites, array()), CASE WHEN r.qpv THEN array('QPV') ELSE array() END))) AS vulnerabilites,
  -- the hour of a DECES event holds on the day that the référentiel tells; otherwise the earlier of the two
  CASE
    WHEN d.instant IS NULL THEN CAST(r.date_deces AS TIMESTAMP)
    WHEN r.date_deces IS NULL OR r.date_deces >= to_date(d.instant) THEN d.instant
    ELSE CAST(r.date_deces AS TIMESTAMP)
  END AS deces
FROM referentiel r
FULL OUTER JOIN deces d ON d.patient_id = r.patient_id
