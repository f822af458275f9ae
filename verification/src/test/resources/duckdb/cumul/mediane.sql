-- Kaplan–Meier: the first time at which S < 0.5; the middle of the step where S = 0.5 (domaine 0.9 bis). Ends come before censorings.
WITH temps AS (
    SELECT place, ventilation, duree, count_if(numerateur) AS issues, count(*) AS partis
    FROM ligne_situee WHERE etape = 'COMPTE'
    GROUP BY ALL
), expose AS (
    SELECT *, sum(partis) OVER (PARTITION BY place, ventilation ORDER BY duree DESC) AS exposes FROM temps
), survie AS (
    SELECT *, product(1 - issues / exposes) OVER (PARTITION BY place, ventilation ORDER BY duree) AS s FROM expose
), palier AS (
    SELECT place, ventilation,
        min(duree) FILTER (WHERE abs(s - 0.5) < 1e-11) AS a_la_moitie,
        min(duree) FILTER (WHERE s < 0.5 - 1e-11) AS au_dela
    FROM survie
    GROUP BY ALL
)
SELECT place || ' [' || ventilation || ']' AS cle,
    round((CASE WHEN a_la_moitie IS NULL THEN 2 * au_dela ELSE a_la_moitie + au_dela END)::DECIMAL(18, 6)
        / CASE WHEN getvariable('indicateur') = 'CAD-02' THEN 7200 ELSE 2 END, 4)::DECIMAL(18, 4) AS mediane
FROM palier
