-- one row per territoire of the référentiel, as one small integer to aggregate by
SELECT CAST(row_number() OVER (ORDER BY type, code) AS INT) AS territoire, type, code, min(libelle) AS libelle
FROM zone_territoire
GROUP BY type, code
