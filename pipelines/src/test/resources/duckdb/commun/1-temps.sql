-- Civil days of Paris, elapsed seconds, and how far the facts are complete (domaine.md 0.1, 0.5). The variable `limite` is the exclusive end.
CREATE MACRO jour(t) AS CAST(t AT TIME ZONE 'Europe/Paris' AS DATE);

CREATE MACRO minuit(j) AS CAST(j AS TIMESTAMP) AT TIME ZONE 'Europe/Paris';

CREATE MACRO secondes(depuis, jusqu_a) AS (epoch_ms(jusqu_a) - epoch_ms(depuis)) // 1000;

-- The last instant that a datum may be: of a day alone, its last second.
CREATE MACRO au_plus_tard(t, precision_de_t) AS
    CASE WHEN precision_de_t = 'jour' THEN minuit(jour(t) + 1) - INTERVAL 1 SECOND ELSE t END;

-- The date d'arrêt is the last minute that is read.
CREATE MACRO date_arret() AS getvariable('limite') - INTERVAL 1 MINUTE;

-- The last civil day that has wholly passed.
CREATE MACRO dernier_jour() AS jour(getvariable('limite')) - 1;

-- Months from the first dated fact, at most five years before the date d'arrêt; calendar periods that hold one, rolling years that end with one.
CREATE TABLE mois AS
SELECT CAST(debut AS DATE) AS debut, CAST(debut + INTERVAL 1 MONTH AS DATE) AS fin
FROM (
    SELECT least(
        (SELECT min(date_heure) FROM silver.evenements),
        (SELECT min(date_heure_debut) FROM silver.rendez_vous),
        (SELECT min(date_emission) FROM silver.orientations),
        (SELECT min(minuit(date_debut)) FROM silver.declarations_mt)) AS premier
), generate_series(
    date_trunc('month', greatest(jour(premier), (jour(date_arret()) - INTERVAL 5 YEAR)::DATE)), date_trunc('month', jour(date_arret())),
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
