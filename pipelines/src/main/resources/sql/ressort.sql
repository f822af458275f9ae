-- one row per territoire that answers for others and territoire of its ressort, itself among them (domaine 4, 5.4)
SELECT DISTINCT p.type AS porteur_type, p.code AS porteur_code, m.type AS membre_type, m.code AS membre_code
FROM zone_territoire p
JOIN zone_territoire m ON m.zone_id = p.zone_id
WHERE p.code <> 'HORS_CPTS' AND m.code <> 'HORS_CPTS'
  AND (p.type = 'DEPARTEMENT' AND m.type NOT IN ('REGION', 'ENSEMBLE', 'INCONNU', 'DEPARTEMENT')
    OR p.type = 'CPTS' AND m.type = 'COMMUNE'
    OR p.type IN ('DEPARTEMENT', 'CPTS') AND m.type = p.type AND m.code = p.code)
