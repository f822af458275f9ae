-- one row per row of territoires_communes and interval of days [debut, fin[ in which its code is one commune of the référentiel
SELECT
  tc.territoire_id,
  coalesce(l.commune, tc.code_insee) AS code_insee,
  greatest(tc.date_debut, coalesce(l.debut, tc.date_debut)) AS debut,
  least(coalesce(date_add(tc.date_fin, 1), DATE'9999-12-31'), coalesce(l.fin, DATE'9999-12-31')) AS fin
FROM silver_territoires_communes tc
LEFT JOIN commune_lue l ON l.code = tc.code_insee AND l.fin > tc.date_debut AND l.debut < coalesce(date_add(tc.date_fin, 1), DATE'9999-12-31')
