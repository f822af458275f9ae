-- Months from the first fact that happened, never from a declaration, at most five years before the date d'arrêt; calendar periods that hold one, rolling years that end with one.
CREATE TABLE mois AS
SELECT CAST(debut AS DATE) AS debut, CAST(debut + INTERVAL 1 MONTH AS DATE) AS fin
FROM (
    SELECT least(
        (SELECT min(t) FROM evenement),
        (SELECT min(t) FROM rencontre),
        (SELECT min(t) FROM orientation),
        (SELECT min(date_heure_debut) FROM silver.creneaux)) AS premier
), generate_series(
    date_trunc('month', greatest(coalesce(jour(premier), jour(date_arret())), (jour(date_arret()) - INTERVAL 5 YEAR)::DATE)), date_trunc('month', jour(date_arret())),
    INTERVAL 1 MONTH) AS m(debut);

CREATE TABLE periode AS
SELECT strftime(debut, '%Y-%m') AS code, 'mois' AS nature, debut, fin FROM mois
UNION
SELECT year(debut) || '-T' || quarter(debut), 'trimestre', date_trunc('quarter', debut)::DATE, (date_trunc('quarter', debut) + INTERVAL 3 MONTH)::DATE
FROM mois
UNION
SELECT year(debut) || '-S' || (1 + (month(debut) - 1) // 6), 'semestre', make_date(year(debut), 1 + 6 * ((month(debut) - 1) // 6), 1),
    (make_date(year(debut), 1 + 6 * ((month(debut) - 1) // 6), 1) + INTERVAL 6 MONTH)::DATE
FROM mois
UNION
SELECT CAST(year(debut) AS VARCHAR), 'annee', make_date(year(debut), 1, 1), make_date(year(debut) + 1, 1, 1) FROM mois
UNION
SELECT strftime(debut, '%Y-%m') || '/12M', 'glissant', (fin - INTERVAL 12 MONTH)::DATE, fin FROM mois;
