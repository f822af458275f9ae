-- one row per indicator of a publication, computed or not
SELECT code, version, libelle, date_arret, flux_manquants, variantes, unites
FROM mart.indicateur WHERE publication = ? ORDER BY code COLLATE "C"
