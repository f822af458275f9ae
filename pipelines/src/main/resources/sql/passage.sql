-- one row per passage aux urgences, neighbouring RPU merged (domaine 0.3, 0.9 bis URG-01)
WITH rpu AS (
  SELECT *, CASE WHEN date_heure_fin >= date_heure AND date_heure_fin < :limite THEN date_heure_fin ELSE date_heure END AS fin
  FROM silver_evenements WHERE type = 'URG_PASSAGE' AND patient_id IS NOT NULL
),
premier AS (
  SELECT patient_id, explode(passages_de(array_sort(collect_list(struct(
    unix_timestamp(date_heure) AS debut, evenement_id, source, unix_timestamp(fin) AS fin,
    coalesce(mode_entree IN ('6', '7'), false) AS entre_par_transfert, coalesce(mode_sortie IN ('6', '7'), false) AS sort_par_transfert))))) AS passage_id
  FROM rpu
  GROUP BY patient_id
),
decrit AS (
  SELECT
    p.passage_id,
    r.patient_id,
    to_date(r.date_heure) AS jour,
    r.date_heure AS instant,
    plus_tard(r.date_heure, r.date_heure_precision) AS instant_max,
    r.commune_insee AS commune_du_fait,
    r.finess AS etablissement,
    r.dispositif_id AS dispositif,
    coalesce(r.convoque, false) AS est_convoque,
    coalesce(r.programme, false) AS est_programme,
    coalesce(r.mode_entree IN ('6', '7'), false) AS est_entree_par_transfert
  FROM premier p
  JOIN rpu r ON r.patient_id = p.patient_id AND concat(r.source, '|', r.evenement_id) = p.passage_id
),
champ AS (
  SELECT *, NOT est_convoque AND NOT est_programme AND NOT est_entree_par_transfert AS est_dans_le_champ FROM decrit
),
honore AS (
  SELECT c.passage_id, min(greatest(r.instant, c.instant)) AS instant
  FROM champ c
  JOIN fait_rendez_vous r ON r.patient_id = c.patient_id AND r.statut = 'HONORE' AND r.instant_max >= c.instant
  WHERE c.est_dans_le_champ
  GROUP BY c.passage_id
),
silence AS (
  SELECT c.*, CASE WHEN h.instant IS NOT NULL THEN greatest(CAST(date_add(c.jour, 91) AS TIMESTAMP), h.instant) END AS fin_de_silence,
    lead(c.instant) OVER (PARTITION BY c.patient_id, c.est_dans_le_champ ORDER BY c.instant, c.passage_id) AS suivant
  FROM champ c
  LEFT JOIN honore h ON h.passage_id = c.passage_id
),
clos AS (
  SELECT *, CASE WHEN fin_de_silence < :limite AND (suivant IS NULL OR fin_de_silence <= suivant) THEN fin_de_silence END AS close_le FROM silence
),
compte AS (
  SELECT *, CASE WHEN est_dans_le_champ THEN CAST(count(close_le) OVER (PARTITION BY patient_id, est_dans_le_champ
    ORDER BY instant, passage_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    - CASE WHEN close_le IS NULL THEN 0 ELSE 1 END AS INT) END AS serie
  FROM clos
)
SELECT
  passage_id, patient_id, jour, instant, instant_max, commune_du_fait, etablissement, dispositif,
  CAST(NULL AS STRING) AS profession, CAST(NULL AS STRING) AS mode,
  est_convoque, est_programme, est_entree_par_transfert, est_dans_le_champ,
  CASE WHEN est_dans_le_champ THEN datediff(jour, lag(jour, 2) OVER suite) END AS jours_depuis_2_passages,
  CASE WHEN est_dans_le_champ THEN datediff(jour, lag(jour, 3) OVER suite) END AS jours_depuis_3_passages,
  CASE WHEN est_dans_le_champ AND lag(instant, 1) OVER suite IS NOT NULL
    THEN greatest(0L, unix_timestamp(instant) - unix_timestamp(lag(instant_max, 1) OVER suite)) END AS secondes_depuis_passage_min,
  CASE WHEN est_dans_le_champ THEN unix_timestamp(instant_max) - unix_timestamp(lag(instant, 1) OVER suite) END AS secondes_depuis_passage_max,
  passage_id AS ancre,
  serie,
  CASE WHEN est_dans_le_champ THEN max(close_le) OVER (PARTITION BY patient_id, est_dans_le_champ, serie) END AS serie_close_le
FROM compte
WINDOW suite AS (PARTITION BY patient_id, est_dans_le_champ ORDER BY instant, passage_id)
