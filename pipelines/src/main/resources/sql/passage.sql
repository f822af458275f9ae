-- one row per passage aux urgences, neighbouring RPU merged (domaine.md 0.3, 0.9 bis URG-01)
WITH rpu AS (
  SELECT *, CASE WHEN date_heure_fin >= date_heure AND date_heure_fin < :limite THEN date_heure_fin ELSE date_heure END AS fin
  FROM silver_evenements WHERE type = 'URG_PASSAGE' AND patient_id IS NOT NULL
),
precede AS (
  SELECT
    *,
    max(fin) OVER (PARTITION BY patient_id ORDER BY date_heure, source, evenement_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS fin_avant,
    max(CASE WHEN mode_sortie IN ('6', '7') THEN fin END)
      OVER (PARTITION BY patient_id ORDER BY date_heure, source, evenement_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS transfert_avant
  FROM rpu
),
numerote AS (
  SELECT
    *,
    sum(CASE
      WHEN unix_timestamp(date_heure) - unix_timestamp(fin_avant) < 14400 THEN 0
      WHEN mode_entree IN ('6', '7') AND unix_timestamp(date_heure) - unix_timestamp(transfert_avant) <= 86400 THEN 0
      ELSE 1 END) OVER (PARTITION BY patient_id ORDER BY date_heure, source, evenement_id) AS numero
  FROM precede
),
passage AS (
  SELECT patient_id, numero, min_by(struct(*), struct(date_heure, source, evenement_id)) AS premier
  FROM numerote
  GROUP BY patient_id, numero
),
decrit AS (
  SELECT
    concat(premier.source, '|', premier.evenement_id) AS passage_id,
    patient_id,
    to_date(premier.date_heure) AS jour,
    premier.date_heure AS instant,
    plus_tard(premier.date_heure, premier.date_heure_precision) AS instant_max,
    premier.commune_insee AS commune_du_fait,
    premier.finess AS etablissement,
    coalesce(premier.convoque, false) AS est_convoque,
    coalesce(premier.programme, false) AS est_programme,
    coalesce(premier.mode_entree IN ('6', '7'), false) AS est_entree_par_transfert
  FROM passage
),
champ AS (
  SELECT *, NOT est_convoque AND NOT est_programme AND NOT est_entree_par_transfert AS est_dans_le_champ FROM decrit
)
SELECT
  passage_id, patient_id, jour, instant, instant_max, commune_du_fait, etablissement,
  CAST(NULL AS STRING) AS dispositif, CAST(NULL AS STRING) AS profession, CAST(NULL AS STRING) AS mode,
  est_convoque, est_programme, est_entree_par_transfert, est_dans_le_champ,
  CASE WHEN est_dans_le_champ THEN datediff(jour, lag(jour, 2) OVER suite) END AS jours_depuis_2_passages,
  CASE WHEN est_dans_le_champ THEN datediff(jour, lag(jour, 3) OVER suite) END AS jours_depuis_3_passages,
  CASE WHEN est_dans_le_champ THEN unix_timestamp(instant) - unix_timestamp(lag(instant, 1) OVER suite) END AS secondes_depuis_passage
FROM champ
WINDOW suite AS (PARTITION BY patient_id, est_dans_le_champ ORDER BY instant, passage_id)
