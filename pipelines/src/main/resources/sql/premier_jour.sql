-- one row: the day of the first fact; null when there is none
SELECT min(jour)
FROM (
  SELECT to_date(min(date_heure)) AS jour FROM silver_evenements
  UNION ALL
  SELECT to_date(min(date_heure_debut)) FROM silver_rendez_vous WHERE statut <> 'ERREUR'
  UNION ALL
  SELECT to_date(min(date_emission)) FROM silver_orientations WHERE statut <> 'ERREUR'
  UNION ALL
  SELECT to_date(min(date_heure_debut)) FROM silver_creneaux
)
