-- one row per (sorte, territoire, periode): persons, each once in a territoire whatever the number of its zones
WITH etat AS (
  SELECT c.variante, c.periode, c.ventilation, c.signature, c.n, zone.zone_id, zone.rang
  FROM cellule_de_personnes c LATERAL VIEW explode(c.zones) AS zone
),
publiee AS (
  SELECT DISTINCT periode, numero, est_annee FROM mois_de_periode
),
par_territoire AS (
  SELECT /*+ BROADCAST(t), BROADCAST(p) */ e.variante, t.territoire, p.numero, e.ventilation, e.signature, e.n, max(e.rang) AS rang
  FROM etat e
  JOIN zone_vue t ON t.zone_id = e.zone_id
  JOIN publiee p ON p.periode = e.periode AND (p.est_annee OR NOT t.est_une_commune)
  GROUP BY e.variante, t.territoire, p.numero, e.ventilation, e.signature, e.n
)
SELECT /*+ BROADCAST(s) */ s.sorte, p.territoire, p.numero AS periode, sum(p.n) AS n
FROM par_territoire p
JOIN sorte s ON s.variante = p.variante AND s.ventilation = p.ventilation
  AND s.composante = CASE p.rang WHEN 2 THEN 'N' WHEN 1 THEN 'D' ELSE 'H:HORS_CHAMP' END
GROUP BY s.sorte, p.territoire, p.numero
