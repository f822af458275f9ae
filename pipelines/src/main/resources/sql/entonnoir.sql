-- one row per (indicateur, territoire, periode, step of the funnel) of the totals
WITH somme AS (
  SELECT /*+ BROADCAST(e) */ e.numero, c.territoire, c.periode, sum(c.n) AS effectif
  FROM composante c
  JOIN etape e ON e.sorte = c.sorte
  GROUP BY e.numero, c.territoire, c.periode
),
nom AS (
  SELECT DISTINCT numero, indicateur, etape, motif FROM etape
)
SELECT /*+ BROADCAST(nom), BROADCAST(t) */ nom.indicateur, t.type, t.code, somme.periode, nom.etape, nom.motif, somme.effectif
FROM somme
JOIN nom ON nom.numero = somme.numero
JOIN territoire t ON t.territoire = somme.territoire
