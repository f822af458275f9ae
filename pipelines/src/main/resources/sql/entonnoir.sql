-- one row per (step of the funnel of a reading, territoire, periode), of the totals alone: counted from cells, never from facts
WITH totale AS (
  SELECT /*+ BROADCAST(e), BROADCAST(t) */ s.variante, e.etape, e.est_un_etat, t.territoire, t.est_une_commune, c.mois, sum(c.n) AS n
  FROM cellule c
  JOIN sorte s ON s.variante = c.variante AND s.ventilation = c.ventilation AND s.composante = c.composante
  JOIN etape e ON e.sorte = s.sorte
  JOIN zone_vue t ON t.zone_id = c.zone_id
  WHERE c.ventilation = ''
  GROUP BY s.variante, e.etape, e.est_un_etat, t.territoire, t.est_une_commune, c.mois
),
-- persons, each once in a territoire whatever the number of its zones
vue AS (
  SELECT c.variante, c.periode, c.signature, c.n, zone.zone_id, zone.rang
  FROM cellule_de_personnes c LATERAL VIEW explode(c.zones) AS zone
  WHERE c.ventilation = ''
),
personne AS (
  SELECT /*+ BROADCAST(t), BROADCAST(p) */ v.variante, t.territoire, p.numero AS periode, v.signature, v.n, max(v.rang) AS rang
  FROM vue v
  JOIN zone_vue t ON t.zone_id = v.zone_id
  JOIN (SELECT DISTINCT periode, numero, est_annee FROM mois_de_periode) p ON p.periode = v.periode AND (p.est_annee OR NOT t.est_une_commune)
  GROUP BY v.variante, t.territoire, p.numero, v.signature, v.n
),
-- a commune is published by the year; a state is that of the last observed month, never a sum
par_periode AS (
  SELECT /*+ BROADCAST(m) */ p.variante, p.etape, p.territoire, m.numero AS periode, p.n
  FROM totale p
  JOIN mois_de_periode m ON m.mois = p.mois AND (m.est_annee OR NOT p.est_une_commune) AND (m.est_dernier OR NOT p.est_un_etat)
  UNION ALL
  SELECT /*+ BROADCAST(s), BROADCAST(e) */ p.variante, e.etape, p.territoire, p.periode, p.n
  FROM personne p
  JOIN sorte s ON s.variante = p.variante AND s.ventilation = '' AND s.rang = p.rang
  JOIN etape e ON e.sorte = s.sorte
)
SELECT /*+ BROADCAST(q) */ p.etape, p.territoire, p.periode, sum(p.n) AS effectif
FROM par_periode p
JOIN periode_publiee q ON q.variante = p.variante AND q.numero = p.periode
GROUP BY etape, territoire, periode
