-- one row per sort of count that some cell holds: a reading, a breakdown and a component, as one small integer to aggregate by
WITH vue AS (
  SELECT variante, ventilation, composante FROM cellule
  UNION
  SELECT variante, ventilation, explode(array('N', 'D', 'H:HORS_CHAMP')) FROM cellule_de_personnes
)
SELECT
  CAST(row_number() OVER (ORDER BY vue.variante, ventilation, composante) AS INT) AS sorte,
  CAST(dense_rank() OVER (ORDER BY vue.variante, ventilation) AS INT) AS ligne,
  vue.variante, ventilation, composante, lecture.est_un_delai
FROM vue
JOIN lecture ON lecture.variante = vue.variante
