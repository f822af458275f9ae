-- one row per (variante, territoire, periode, composante) of the totals
SELECT /*+ BROADCAST(s), BROADCAST(t) */ s.variante, t.type, t.code, c.periode, s.composante, sum(c.n) AS n
FROM composante c
JOIN sorte s ON s.sorte = c.sorte
JOIN territoire t ON t.territoire = c.territoire
WHERE s.ventilation = ''
GROUP BY s.variante, t.type, t.code, c.periode, s.composante
