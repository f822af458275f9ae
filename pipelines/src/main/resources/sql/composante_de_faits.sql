-- one row per (sorte, tranche, territoire, periode): facts counted from cells, never from facts
WITH codee AS (
  SELECT /*+ BROADCAST(s) */ s.sorte, c.tranche, c.zone_id, c.mois, c.n
  FROM cellule c
  JOIN sorte s ON s.variante = c.variante AND s.ventilation = c.ventilation AND s.composante = c.composante
),
par_territoire AS (
  SELECT /*+ BROADCAST(t) */ c.sorte, c.tranche, t.territoire, t.est_une_commune, c.mois, sum(c.n) AS n
  FROM codee c
  JOIN zone_vue t ON t.zone_id = c.zone_id
  GROUP BY c.sorte, c.tranche, t.territoire, t.est_une_commune, c.mois
)
SELECT /*+ BROADCAST(m), BROADCAST(s), BROADCAST(l) */ p.sorte, p.tranche, p.territoire, m.periode, sum(p.n) AS n
FROM par_territoire p
JOIN sorte s ON s.sorte = p.sorte
JOIN lecture l ON l.variante = s.variante
-- a commune is published by the year; a state is that of the last observed month, never a sum
JOIN mois_de_periode m
  ON m.mois = p.mois AND (m.est_annee OR NOT p.est_une_commune)
  AND (m.est_dernier OR NOT l.est_un_etat)
GROUP BY p.sorte, p.tranche, p.territoire, m.periode
