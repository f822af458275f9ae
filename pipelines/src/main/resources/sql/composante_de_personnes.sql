-- one row per (sorte, territoire, periode): persons, each once in a territoire whatever the number of its zones
WITH etat AS (
  SELECT c.variante, c.periode, c.ventilation, c.signature, c.n, zone.zone_id, zone.rang
  FROM cellule_de_personnes c LATERAL VIEW explode(c.zones) AS zone
),
annee AS (
  SELECT DISTINCT periode FROM mois_de_periode WHERE est_annee
),
par_territoire AS (
  SELECT /*+ BROADCAST(t), BROADCAST(a) */ e.variante, t.territoire, e.periode, e.ventilation, e.signature, e.n, max(e.rang) AS rang
  FROM etat e
  JOIN zone_vue t ON t.zone_id = e.zone_id
  LEFT JOIN annee a ON a.periode = e.periode
  WHERE NOT t.est_une_commune OR a.periode IS NOT NULL
  GROUP BY e.variante, t.territoire, e.periode, e.ventilation, e.signature, e.n
)
SELECT /*+ BROADCAST(s) */ s.sorte, CAST(NULL AS BIGINT) AS tranche, p.territoire, p.periode, sum(p.n) AS n
FROM par_territoire p
JOIN sorte s ON s.variante = p.variante AND s.ventilation = p.ventilation
  AND s.composante = CASE p.rang WHEN 2 THEN 'N' WHEN 1 THEN 'D' ELSE 'H:HORS_CHAMP' END
GROUP BY s.sorte, p.territoire, p.periode
