-- one row per stretch of time [debut, fin[ that a person surely or perhaps spends in hospital, told by the first admission of its episode (domaine.md 0.9 bis, ORI-01)
WITH ouverte AS (
  -- without sortie: until the next admission or sortie, of which one sortie at least was not told
  SELECT
    a.patient_id, a.date_heure, plus_tard(a.date_heure, a.date_heure_precision) AS date_heure_max, a.source, a.evenement_id,
    coalesce(a.mode_entree IN ('6', '7'), false) AS entre_par_transfert, coalesce(a.programme, false) AS est_programmee
  FROM silver_evenements a
  LEFT ANTI JOIN sejour s ON s.admission_source = a.source AND s.admission_id = a.evenement_id
  WHERE a.type = 'HOSPI_ADMISSION' AND a.patient_id IS NOT NULL
),
suite AS (
  SELECT o.source, o.evenement_id, min(e.date_heure) AS instant
  FROM ouverte o
  JOIN silver_evenements e ON e.patient_id = o.patient_id AND e.type IN ('HOSPI_ADMISSION', 'HOSPI_SORTIE') AND e.date_heure > o.date_heure
  GROUP BY o.source, o.evenement_id
),
precedent AS (
  SELECT
    o.source, o.evenement_id,
    max_by(struct(s.entree_episode, s.est_programme_episode), struct(s.date_heure, s.evenement_id, s.source)) AS premier
  FROM ouverte o
  JOIN sejour s ON o.entre_par_transfert AND s.patient_id = o.patient_id AND s.mode_sortie IN ('6', '7')
    AND o.date_heure_max >= s.date_heure AND unix_timestamp(o.date_heure) - unix_timestamp(s.date_heure_max) <= 86400
  GROUP BY o.source, o.evenement_id
)
SELECT patient_id, entree_episode AS debut, date_heure_max + INTERVAL 1 SECOND AS fin, est_programme_episode AS est_programmee
FROM sejour
WHERE entree_episode IS NOT NULL
UNION ALL
SELECT
  o.patient_id,
  CASE WHEN p.premier IS NULL THEN o.date_heure ELSE p.premier.entree_episode END,
  s.instant,
  CASE WHEN p.premier IS NULL THEN o.est_programmee ELSE p.premier.est_programme_episode END
FROM ouverte o
LEFT JOIN suite s ON s.source = o.source AND s.evenement_id = o.evenement_id
LEFT JOIN precedent p ON p.source = o.source AND p.evenement_id = o.evenement_id
WHERE p.premier IS NULL OR p.premier.entree_episode IS NOT NULL
