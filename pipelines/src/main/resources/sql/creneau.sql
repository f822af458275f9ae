-- one row per dedicated slot that was offered and whose hour has come (domaine CAD-03)
WITH honore AS (
  SELECT DISTINCT r.source, r.creneau_id
  FROM silver_rendez_vous r
  JOIN fait_rendez_vous f ON f.rdv_id = concat(r.source, '|', r.rdv_id)
  WHERE f.statut = 'HONORE' AND r.creneau_id IS NOT NULL
),
rempli AS (
  -- the slot of the rendez_vous' own source, else that id of any other
  SELECT DISTINCT c.source, c.creneau_id
  FROM silver_creneaux c
  JOIN honore h ON h.creneau_id = c.creneau_id
  LEFT JOIN silver_creneaux propre ON propre.source = h.source AND propre.creneau_id = h.creneau_id
  WHERE c.source = h.source OR propre.creneau_id IS NULL
)
SELECT
  CAST(NULL AS STRING) AS patient_id,
  to_date(c.date_heure_debut) AS jour,
  c.date_heure_debut AS instant,
  plus_tard(c.date_heure_debut, c.date_heure_debut_precision) AS instant_max,
  c.commune_lieu AS commune_du_fait,
  CAST(NULL AS STRING) AS etablissement,
  c.dispositif_id AS dispositif,
  c.profession,
  CAST(NULL AS STRING) AS mode,
  r.creneau_id IS NOT NULL AS est_occupe
FROM silver_creneaux c
LEFT JOIN rempli r ON r.source = c.source AND r.creneau_id = c.creneau_id
