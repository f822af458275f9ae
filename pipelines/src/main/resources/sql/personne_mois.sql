-- one row per person of the référentiel and month, at its last day or at the day of the date d'arrêt (domaine MT-01, 0.9 bis)
WITH jour AS (
  SELECT p.patient_id, p.deces, p.naissance_premiere, least(last_day(m.mois), :arret) AS jour
  FROM personne p
  JOIN (SELECT explode(sequence(:premier_mois, trunc(:arret, 'MM'), INTERVAL 1 MONTH)) AS mois) m
  WHERE p.est_connu
),
medecin AS (
  SELECT j.patient_id, j.jour, max_by(d.cesse_le IS NULL OR j.jour < d.cesse_le, d.ordre) AS a_medecin_traitant
  FROM jour j
  JOIN declaration d ON d.patient_id = j.patient_id AND j.jour >= d.debut AND j.jour < d.fin
  GROUP BY j.patient_id, j.jour
)
SELECT
  j.patient_id,
  j.jour,
  CAST(j.jour AS TIMESTAMP) AS instant,
  plus_tard(CAST(j.jour AS TIMESTAMP), 'jour') AS instant_max,
  CAST(NULL AS STRING) AS commune_du_fait,
  CAST(NULL AS STRING) AS etablissement,
  CAST(NULL AS STRING) AS dispositif,
  CAST(NULL AS STRING) AS profession,
  CAST(NULL AS STRING) AS mode,
  coalesce(to_date(j.deces) <= j.jour, false) AS est_decede,
  coalesce(m.a_medecin_traitant, false) AS a_medecin_traitant
FROM jour j
LEFT JOIN medecin m ON m.patient_id = j.patient_id AND m.jour = j.jour
WHERE j.naissance_premiere IS NULL OR j.naissance_premiere <= j.jour
