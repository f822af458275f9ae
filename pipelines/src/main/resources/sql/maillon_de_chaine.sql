-- one row per orientation, ERREUR dropped, with the name of its chain: the least identifier in it (domaine 0.3, 0.9 bis)
SELECT patient_id, maillon.id AS orientation_id, maillon.chaine AS chaine_id
FROM (
  SELECT patient_id, explode(chaines_de(collect_list(struct(concat(source, '|', orientation_id) AS id,
    concat(source, '|', orientation_precedente_id) AS precedente, chaine_id AS chaine)))) AS maillon
  FROM silver_orientations
  WHERE statut <> 'ERREUR'
  GROUP BY patient_id
)
