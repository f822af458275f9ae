-- one row per (step of the funnel of a reading, territoire, periode), of the totals alone
WITH par_mois AS (
  SELECT /*+ BROADCAST(e) */ e.etape, e.est_un_etat, c.territoire, c.est_une_commune, c.mois, sum(c.n) AS n
  FROM compte_par_mois c
  JOIN etape e ON e.sorte = c.sorte
  GROUP BY e.etape, e.est_un_etat, c.territoire, c.est_une_commune, c.mois
),
-- a commune is published by the year; a state is that of the last observed month, never a sum
par_periode AS (
  SELECT /*+ BROADCAST(m) */ p.etape, p.territoire, m.numero AS periode, p.n
  FROM par_mois p
  JOIN mois_de_periode m ON m.mois = p.mois AND (m.est_annee OR NOT p.est_une_commune) AND (m.est_dernier OR NOT p.est_un_etat)
  UNION ALL
  SELECT /*+ BROADCAST(e) */ e.etape, c.territoire, c.periode, c.n
  FROM composante_de_personnes c
  JOIN etape e ON e.sorte = c.sorte
)
SELECT etape, territoire, periode, sum(n) AS effectif
FROM par_periode
GROUP BY etape, territoire, periode
