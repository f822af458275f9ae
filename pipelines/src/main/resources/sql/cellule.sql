-- one row per cell of facts: reading, component, bucket, breakdown, zone and month. Only what is counted has a length: a fact set aside must not
-- be spread over as many cells.
WITH comptee AS (
  SELECT
    lecture.variante, lecture.composante, CASE WHEN lecture.composante IN (:terminee, :censuree) THEN lecture.tranche END AS tranche, ventilation, zone_id, mois
  FROM lecture_de_fait
)
SELECT variante, composante, tranche, ventilation, zone_id, mois, count(*) AS n
FROM comptee
GROUP BY variante, composante, tranche, ventilation, zone_id, mois
