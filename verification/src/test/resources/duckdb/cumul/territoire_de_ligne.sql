-- One row per residence and day of the lines, and territoire in which that residence lies on that day.
WITH lieu_et_jour AS (SELECT DISTINCT commune, jour FROM lignes),
du_referentiel AS (
    SELECT DISTINCT l.commune, l.jour, a.type, a.code
    FROM lieu_et_jour l JOIN appartenance a ON a.commune = l.commune AND l.jour >= a.debut AND l.jour < a.fin
)
FROM du_referentiel
UNION ALL
SELECT commune, jour, 'ENSEMBLE', 'ENSEMBLE' FROM lieu_et_jour
UNION ALL
SELECT commune, jour, 'INCONNU', 'INCONNU' FROM lieu_et_jour
WHERE commune IS NULL OR commune NOT IN (SELECT code_insee FROM silver.communes)
UNION ALL
SELECT commune, jour, 'CPTS', 'HORS_CPTS' FROM lieu_et_jour l
WHERE commune IN (SELECT code_insee FROM silver.communes)
  AND NOT EXISTS (FROM du_referentiel d WHERE d.commune = l.commune AND d.jour = l.jour AND d.type = 'CPTS')
