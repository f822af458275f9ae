-- Civil days of Paris, elapsed seconds, and how far the facts are complete (domaine 0.1, 0.5). The variable `limite` is the exclusive end.
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
