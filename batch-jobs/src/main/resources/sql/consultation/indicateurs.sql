-- one row per indicator of a publication, computed or not; its target is that of its official reading
SELECT i.code, i.version, i.libelle, i.date_arret, i.flux_manquants, i.variantes, i.unites, i.risques_non_observes, i.regles_non_calculees, i.flux,
  coalesce(d.cible, '') AS cible
FROM mart.indicateur i LEFT JOIN mart.lecture d ON d.publication = i.publication AND d.indicateur = i.code
WHERE i.publication = ? ORDER BY i.code COLLATE "C"
