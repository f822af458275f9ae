-- Each fact under each reading of it and each breakdown; a fact out of the population is only counted in the total. lectures: one struct per
-- reading, made from its definition; hors: how the components of what is out of the population begin.
SELECT patient_id, zone_id, mois, lecture, ventilation
FROM (SELECT patient_id, zone_id, year(jour) * 12 + month(jour) - 1 AS mois, explode(array({lectures})) AS lecture FROM fait_{fait})
LATERAL VIEW explode(CASE WHEN startswith(lecture.composante, '{hors}') THEN array('') ELSE lecture.ventilations END) AS ventilation
