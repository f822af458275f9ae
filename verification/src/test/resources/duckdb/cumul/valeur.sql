-- One row per value, and of totals one per step of the funnel: a unit counts once in each group, at the furthest step that it reached there.
WITH unite_situee AS (
    SELECT place, ventilation, unite,
        max(rang) AS rang,
        arg_min(motif, (-rang, ordre)) AS motif,
        bool_or(etape = 'COMPTE' AND numerateur) AS numerateur,
        bool_or(etape = 'COMPTE' AND denominateur) AS denominateur,
        bool_or(etape = 'COMPTE' AND indetermine) AS indetermine
    FROM (SELECT *, list_position(['HORS_POPULATION', 'EN_COURS', 'EXCLU', 'COMPTE'], etape) AS rang, 0 AS ordre FROM ligne_situee)
    GROUP BY ALL
), pas AS (
    SELECT place, ventilation,
        CASE rang WHEN 1 THEN 'HORS_POPULATION:' || motif WHEN 2 THEN 'EN_COURS:' WHEN 3 THEN 'EXCLU:' || motif ELSE '' END AS pas,
        count(*) AS effectif, count_if(numerateur) AS numerateur, count_if(denominateur) AS denominateur, count_if(indetermine AND NOT numerateur) AS indetermine
    FROM unite_situee
    GROUP BY ALL
)
SELECT place || ' [' || ventilation || ']' AS cle,
    sum(numerateur) || '/' || sum(denominateur) AS valeur
FROM pas
WHERE pas NOT LIKE 'HORS_POPULATION%'
GROUP BY ALL
UNION ALL
SELECT place || ' ' || pas, effectif::VARCHAR FROM pas WHERE ventilation = '' AND pas <> ''
UNION ALL
SELECT place || ' INDETERMINE:', indetermine::VARCHAR FROM pas WHERE ventilation = '' AND indetermine > 0
