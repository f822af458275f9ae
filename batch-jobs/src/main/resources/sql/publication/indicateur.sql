-- what an indicator of a publication is, until when, and what it lacks
INSERT INTO mart.indicateur (publication, code, version, libelle, date_arret, flux_manquants, variantes, unites, risques_non_observes, regles_non_calculees, flux)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
