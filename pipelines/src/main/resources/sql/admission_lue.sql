-- one row per HOSPI_ADMISSION event that counts, as its stay completes it: of those that tell one stay, one alone (domaine 0.9 bis)
WITH de_sejour AS (
  SELECT
    admission_source AS source, admission_id AS evenement_id, bool_or(programme) AS programme,
    bool_or(mode_entree IN ('6', '7')) AS entre_par_transfert, bool_or(est_seance) AS est_seance
  FROM sejour
  WHERE admission_id IS NOT NULL
  GROUP BY admission_source, admission_id
)
SELECT
  a.source, a.evenement_id, a.patient_id, a.date_heure, plus_tard(a.date_heure, a.date_heure_precision) AS date_heure_max,
  s.evenement_id IS NULL AS est_ouverte,
  coalesce(s.programme, a.programme, false) AS est_programmee,
  coalesce(s.entre_par_transfert, a.mode_entree IN ('6', '7'), false) AS entre_par_transfert,
  coalesce(s.est_seance, false) OR est_seance_ou_naissance(a.code) AS est_seance
FROM silver_evenements a
LEFT JOIN de_sejour s ON s.source = a.source AND s.evenement_id = a.evenement_id
LEFT JOIN (SELECT DISTINCT admission_source, admission_id FROM sortie_dite) d ON d.admission_source = a.source AND d.admission_id = a.evenement_id
WHERE a.type = 'HOSPI_ADMISSION' AND a.patient_id IS NOT NULL AND (s.evenement_id IS NOT NULL OR d.admission_id IS NULL)
