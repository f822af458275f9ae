-- one row per indicator of a publication, computed or not
SELECT code, version, libelle, date_arret, flux_manquants, variantes, unites, risques_non_observes, regles_non_calculees
FROM mart.indicateur WHERE publication = ? ORDER BY code COLLATE "C"
