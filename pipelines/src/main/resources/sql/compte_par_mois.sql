-- one row per (sorte, tranche, territoire, mois): facts counted from cells, never from facts
WITH codee AS (
  SELECT /*+ BROADCAST(s) */ s.sorte, c.tranche, c.zone_id, c.mois, c.n
  FROM cellule c
  JOIN sorte s ON s.variante = c.variante AND s.ventilation = c.ventilation AND s.composante = c.composante
)
SELECT /*+ BROADCAST(t) */ c.sorte, c.tranche, t.territoire, t.est_une_commune, c.mois, sum(c.n) AS n
FROM codee c
JOIN zone_vue t ON t.zone_id = c.zone_id
GROUP BY c.sorte, c.tranche, t.territoire, t.est_une_commune, c.mois
