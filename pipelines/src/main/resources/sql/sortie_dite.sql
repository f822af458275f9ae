-- one row per HOSPI_SORTIE event, with the admission that goes with it and the event that prevails among those that tell the same stay (domaine 0.9 bis)
WITH admission AS (
  SELECT
    source, evenement_id, patient_id, finess, date_heure, plus_tard(date_heure, date_heure_precision) AS date_heure_max, mode_entree, programme, code
  FROM silver_evenements WHERE type = 'HOSPI_ADMISSION' AND patient_id IS NOT NULL
),
sortie AS (
  SELECT
    concat(source, '|', evenement_id) AS sortie_id, source, evenement_id, patient_id, finess, date_heure, date_heure_precision = 'jour' AS est_sans_heure,
    plus_tard(date_heure, date_heure_precision) AS date_heure_max, mode_sortie, code, lien_evenement_id, commune_insee, dispositif_id
  FROM silver_evenements WHERE type = 'HOSPI_SORTIE' AND patient_id IS NOT NULL
),
nommee AS (
  SELECT s.sortie_id, a.evenement_id AS admission_id, a.source, a.date_heure > s.date_heure_max AS est_inverse
  FROM sortie s
  JOIN admission a ON a.source = s.source AND a.evenement_id = s.lien_evenement_id AND a.patient_id = s.patient_id
),
derniere AS (
  SELECT s.sortie_id, s.patient_id, s.finess, s.date_heure, max_by(struct(a.source, a.evenement_id, a.date_heure), struct(a.date_heure, a.evenement_id, a.source)) AS a
  FROM sortie s
  LEFT ANTI JOIN nommee n ON n.sortie_id = s.sortie_id
  JOIN admission a ON a.patient_id = s.patient_id AND (s.finess IS NULL OR a.finess = s.finess) AND a.date_heure <= s.date_heure_max
    -- Transferred at the very minute, or on a day without hour: that is the entry into the next stay.
    AND (a.date_heure_max < s.date_heure OR NOT (coalesce(s.mode_sortie IN ('6', '7'), false) AND coalesce(a.mode_entree IN ('6', '7'), false)))
  GROUP BY s.sortie_id, s.patient_id, s.finess, s.date_heure
),
implicite AS (
  SELECT d.sortie_id, d.a.evenement_id AS admission_id, d.a.source, false AS est_inverse
  FROM derniere d
  LEFT ANTI JOIN sortie autre
    ON autre.patient_id = d.patient_id AND autre.sortie_id <> d.sortie_id
    AND autre.date_heure > d.a.date_heure AND autre.date_heure < d.date_heure
),
appariement AS (
  SELECT * FROM nommee UNION ALL SELECT * FROM implicite
),
-- Typed the wrong way round: of one day, the day alone holds; else the entry is not known, though the admission is.
lue AS (
  SELECT
    s.*, a.source AS admission_source, a.evenement_id AS admission_id, a.programme, a.code AS code_admission, coalesce(p.est_inverse, false) AS est_inverse,
    CASE WHEN NOT p.est_inverse THEN a.date_heure WHEN to_date(a.date_heure) = to_date(s.date_heure) THEN CAST(to_date(s.date_heure) AS TIMESTAMP) END AS entree,
    CASE WHEN NOT p.est_inverse THEN a.date_heure_max WHEN to_date(a.date_heure) = to_date(s.date_heure) THEN plus_tard(s.date_heure, 'jour') END AS entree_max,
    CASE WHEN NOT p.est_inverse OR to_date(a.date_heure) = to_date(s.date_heure) THEN a.mode_entree END AS mode_entree
  FROM sortie s
  LEFT JOIN appariement p ON p.sortie_id = s.sortie_id
  LEFT JOIN admission a ON a.source = p.source AND a.evenement_id = p.admission_id
),
groupe AS (
  SELECT patient_id, explode(sejours_dits(array_sort(collect_list(struct(
    est_sans_heure, source, unix_timestamp(date_heure) AS sortie, evenement_id, sortie_id, finess, datediff(to_date(entree), DATE'1970-01-01') AS jour_d_entree,
    coalesce(mode_entree IN ('6', '7'), false) AS entre_par_transfert, coalesce(mode_sortie IN ('6', '7'), false) AS sort_par_transfert))))) AS dite
  FROM lue
  GROUP BY patient_id, to_date(date_heure)
)
SELECT l.*, g.dite.rang, g.dite.retenue
FROM lue l
JOIN groupe g ON g.patient_id = l.patient_id AND g.dite.id = l.sortie_id
