-- the cells that values are made of, those of one line side by side; persons say in which zones and how far they went there
WITH ligne AS (
  SELECT ligne, variante, ventilation, min(sorte) AS sorte FROM sorte WHERE rang IS NOT NULL GROUP BY ligne, variante, ventilation
)
SELECT /*+ BROADCAST(s) */ s.ligne, s.sorte, c.zone_id, c.tranche, c.mois, CAST(NULL AS INT) AS periode,
  CAST(NULL AS ARRAY<STRUCT<zone_id: INT, rang: INT>>) AS zones, c.n
FROM cellule c
JOIN sorte s ON s.variante = c.variante AND s.ventilation = c.ventilation AND s.composante = c.composante
WHERE NOT startswith(s.composante, 'H:')
UNION ALL
SELECT /*+ BROADCAST(s), BROADCAST(p) */ s.ligne, s.sorte, CAST(NULL AS INT), CAST(NULL AS BIGINT), CAST(NULL AS INT), p.numero, c.zones, c.n
FROM cellule_de_personnes c
JOIN (SELECT DISTINCT periode, numero FROM mois_de_periode) p ON p.periode = c.periode
JOIN ligne s ON s.variante = c.variante AND s.ventilation = c.ventilation
DISTRIBUTE BY ligne
SORT BY ligne
