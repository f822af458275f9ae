-- one row per stretch of time [debut, fin[ that a person surely or perhaps spends in hospital, told by the first admission of its episode (domaine 0.9 bis, ORI-01)
WITH ouverte AS (
  -- without sortie: until the next admission or sortie, of which one sortie at least was not told
  SELECT * FROM admission_lue WHERE est_ouverte
),
suite AS (
  SELECT o.source, o.evenement_id, min(e.date_heure) AS instant
  FROM ouverte o
  JOIN silver_evenements e ON e.patient_id = o.patient_id AND e.type IN ('HOSPI_ADMISSION', 'HOSPI_SORTIE') AND e.date_heure > o.date_heure
  GROUP BY o.source, o.evenement_id
),
transfert AS (
  SELECT
    o.source, o.evenement_id, struct(s.entree_episode, s.est_programme_episode) AS premier, struct(s.date_heure, s.evenement_id, s.source) AS ordre,
    ecart_possible(o.date_heure, o.date_heure_max, s.date_heure, s.date_heure_max) AS ecart
  FROM ouverte o
  JOIN sejour s ON o.entre_par_transfert AND s.patient_id = o.patient_id AND s.mode_sortie IN ('6', '7')
    AND (s.entree IS NULL OR s.entree <= o.date_heure_max)
),
precedent AS (
  SELECT source, evenement_id, max_by(premier, struct(-ecart, ordre)) AS premier
  FROM transfert
  WHERE ecart <= 86400
  GROUP BY source, evenement_id
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
