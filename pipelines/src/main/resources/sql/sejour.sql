-- one row per HOSPI_SORTIE, with its admission when known and the episode of chained stays that it belongs to (domaine.md 0.3, 0.9 bis)
WITH admission AS (
  SELECT
    source, evenement_id, patient_id, finess, date_heure, plus_tard(date_heure, date_heure_precision) AS date_heure_max, mode_entree, programme, code
  FROM silver_evenements WHERE type = 'HOSPI_ADMISSION' AND patient_id IS NOT NULL
),
sortie AS (
  SELECT
    concat(source, '|', evenement_id) AS sortie_id, source, evenement_id, patient_id, finess, date_heure,
    plus_tard(date_heure, date_heure_precision) AS date_heure_max, mode_sortie, code, lien_evenement_id, commune_insee, dispositif_id
  FROM silver_evenements WHERE type = 'HOSPI_SORTIE' AND patient_id IS NOT NULL
),
explicite AS (
  SELECT s.sortie_id, max_by(a.evenement_id, a.date_heure) AS admission_id, s.source
  FROM sortie s
  JOIN admission a ON a.source = s.source AND a.evenement_id = s.lien_evenement_id AND a.patient_id = s.patient_id AND a.date_heure <= s.date_heure_max
  GROUP BY s.sortie_id, s.source
),
derniere AS (
  SELECT s.sortie_id, s.patient_id, s.finess, s.date_heure, max_by(struct(a.source, a.evenement_id, a.date_heure), struct(a.date_heure, a.evenement_id, a.source)) AS a
  FROM sortie s
  LEFT ANTI JOIN explicite e ON e.sortie_id = s.sortie_id
  JOIN admission a ON a.patient_id = s.patient_id AND (s.finess IS NULL OR a.finess = s.finess) AND a.date_heure <= s.date_heure_max
  GROUP BY s.sortie_id, s.patient_id, s.finess, s.date_heure
),
implicite AS (
  SELECT d.sortie_id, d.a.evenement_id AS admission_id, d.a.source
  FROM derniere d
  LEFT ANTI JOIN sortie autre
    ON autre.patient_id = d.patient_id AND autre.sortie_id <> d.sortie_id
    AND autre.date_heure > d.a.date_heure AND autre.date_heure < d.date_heure
),
appariement AS (
  SELECT sortie_id, admission_id, source FROM explicite UNION ALL SELECT sortie_id, admission_id, source FROM implicite
),
sejour AS (
  SELECT
    s.*, a.source AS admission_source, a.evenement_id AS admission_id, a.date_heure AS entree,
    a.date_heure_max AS entree_max, a.mode_entree, a.programme,
    est_seance_ou_naissance(s.code) OR est_seance_ou_naissance(a.code) AS est_seance
  FROM sortie s
  LEFT JOIN appariement p ON p.sortie_id = s.sortie_id
  LEFT JOIN admission a ON a.source = p.source AND a.evenement_id = p.admission_id
),
lien AS (
  SELECT patient_id, explode(episodes_de(array_sort(collect_list(struct(
    unix_timestamp(date_heure) AS sortie, evenement_id, source, sortie_id, unix_timestamp(date_heure_max) AS sortie_max,
    unix_timestamp(entree) AS entree, unix_timestamp(entree_max) AS entree_max,
    coalesce(mode_entree IN ('6', '7'), false) AS entre_par_transfert, coalesce(mode_sortie IN ('6', '7'), false) AS sort_par_transfert))))) AS maillon
  FROM sejour
  GROUP BY patient_id
)
SELECT
  s.sortie_id, s.source, s.evenement_id, s.patient_id, s.finess, s.dispositif_id, s.date_heure, s.date_heure_max, s.mode_sortie, s.commune_insee,
  s.admission_source, s.admission_id, s.est_seance,
  premier.entree AS entree_episode,
  premier.mode_entree AS mode_entree_episode,
  coalesce(premier.programme, false) AS est_programme_episode
FROM sejour s
JOIN lien l ON l.patient_id = s.patient_id AND l.maillon.id = s.sortie_id
JOIN sejour premier ON premier.patient_id = s.patient_id AND premier.sortie_id = l.maillon.premier
