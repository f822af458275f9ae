-- one row: how many funnels do not add up
SELECT count(*)
FROM (
  SELECT sum(effectif) FILTER (WHERE nom = 'FAITS') AS faits,
    sum(effectif) FILTER (WHERE nom IN ('HORS_POPULATION', 'EN_COURS', 'EXCLU', 'DENOMINATEUR')) AS parts
  FROM mart.effectif_{n} JOIN mart.etape_{n} USING (etape)
  GROUP BY indicateur, territoire, periode
) entonnoir
WHERE faits IS DISTINCT FROM parts
