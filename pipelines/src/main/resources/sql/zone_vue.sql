-- one row per zone that some cell met and territoire that holds it: all of France is in the référentiel, little of it has anything to roll up
WITH vue AS (
  SELECT zone_id FROM cellule
  UNION
  SELECT explode(zones.zone_id) FROM cellule_de_personnes
)
SELECT z.zone_id, t.territoire, t.type = 'COMMUNE' AS est_une_commune
FROM zone_territoire z
LEFT SEMI JOIN vue ON vue.zone_id = z.zone_id
JOIN territoire t ON t.type = z.type AND t.code = z.code
