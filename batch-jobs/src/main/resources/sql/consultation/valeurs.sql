-- one row per value that the audience reads, in the order of the print; {conditions} comes from the question
SELECT indicateur, version, territoire_type, territoire_code, territoire_libelle, periode, ventilation, numerateur, denominateur,
  valeur, ic_bas, ic_haut, cible, verdict, statut
FROM mart.{valeur}
WHERE publication = {n} {conditions}
ORDER BY indicateur COLLATE "C", territoire_type COLLATE "C", territoire_code COLLATE "C", periode COLLATE "C", ventilation COLLATE "C"
