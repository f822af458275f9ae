-- one row per zone and territoire to which it belongs (domaine 0.6, 4); zone 0 is the unknown residence
WITH membre AS (
  SELECT DISTINCT z.zone_id, t.type, t.territoire_id AS code, t.libelle
  FROM zone z
  JOIN commune_de_territoire tc ON tc.code_insee = z.code_insee AND tc.debut <= z.debut AND tc.fin >= z.fin
  JOIN silver_territoires t
    ON t.territoire_id = tc.territoire_id AND coalesce(t.date_debut, z.debut) <= z.debut
    AND coalesce(date_add(t.date_fin, 1), DATE'9999-12-31') >= z.fin
  WHERE t.type NOT IN ('REGION', 'DEPARTEMENT', 'EPCI')
),
nom AS (
  SELECT type, territoire_id AS code, libelle FROM silver_territoires WHERE type IN ('REGION', 'DEPARTEMENT', 'EPCI')
),
administratif AS (
  SELECT z.zone_id, n.type, n.code, n.libelle
  FROM zone z
  JOIN silver_communes c ON c.code_insee = z.code_insee
  LATERAL VIEW stack(4, 'COMMUNE', c.code_insee, c.libelle, 'EPCI', c.epci, c.epci, 'DEPARTEMENT', c.departement, c.departement,
    'REGION', c.region, c.region) n AS type, code, libelle
  WHERE n.code IS NOT NULL
)
SELECT zone_id, type, code, libelle FROM membre
UNION ALL
SELECT a.zone_id, a.type, a.code, coalesce(nom.libelle, a.libelle) FROM administratif a LEFT JOIN nom ON nom.type = a.type AND nom.code = a.code
UNION ALL
SELECT z.zone_id, 'CPTS', 'HORS_CPTS', 'Hors CPTS' FROM zone z LEFT ANTI JOIN membre m ON m.zone_id = z.zone_id AND m.type = 'CPTS'
UNION ALL
SELECT zone_id, 'ENSEMBLE', 'ENSEMBLE', 'Ensemble' FROM zone
UNION ALL
SELECT 0, 'ENSEMBLE', 'ENSEMBLE', 'Ensemble'
UNION ALL
SELECT 0, 'INCONNU', 'INCONNU', 'Hors territoire ou inconnu'
