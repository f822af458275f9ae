-- one row per declaration of médecin traitant that begins while another one of the person runs (domaine 3.5)
SELECT
  _livraison, _ligne, 'date_debut' AS colonne, 'A' AS niveau, 'CHEVAUCHEMENT_MT' AS code,
  'Une autre déclaration de la même personne court encore ce jour-là\u202f: la plus récemment débutée est retenue.' AS message
FROM (
  SELECT *,
    max(coalesce(date_fin, DATE'9999-12-31')) OVER (
      PARTITION BY patient_id ORDER BY date_debut, coalesce(rpps, finess) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS court_jusqu_au
  FROM _declarations
)
WHERE date_debut <= court_jusqu_au
