-- one row per territoire of the référentiel
SELECT type, code, min(libelle) AS libelle
FROM zone_territoire
GROUP BY type, code
