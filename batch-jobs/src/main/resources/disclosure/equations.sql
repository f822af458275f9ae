-- one row per equation that may have come open and still has one unknown, or too small a sum of them: its smallest other cell is masked
WITH touchee AS (
  -- At first every equation that shows something; then those that a mask of the last round touches.
  SELECT DISTINCT c.{first}, c.{second}, g.groupe
  FROM cellule c JOIN groupe_{moving} g USING ({moving})
  WHERE {touched}
),
ouverte AS (
  SELECT t.{first}, t.{second}, (array_agg(c.{moving} ORDER BY g.rang, c.poids, c.{moving}) FILTER (WHERE c.statut IS NULL AND c.poids > 0))[1] AS {moving}
  FROM touchee t
  JOIN groupe_{moving} g USING (groupe)
  JOIN cellule c ON c.{first} = t.{first} AND c.{second} = t.{second} AND c.{moving} = g.{moving}
  GROUP BY t.{first}, t.{second}, t.groupe
  HAVING count(c.statut) = 1 OR count(c.statut) > 1 AND sum(c.poids) FILTER (WHERE c.statut IS NOT NULL) < {patients}
)
UPDATE cellule c SET statut = 'SEC', tour = {round}
FROM (SELECT DISTINCT {first}, {second}, {moving} FROM ouverte WHERE {moving} IS NOT NULL) o
WHERE c.{first} = o.{first} AND c.{second} = o.{second} AND c.{moving} = o.{moving} AND c.statut IS NULL
