-- one row: how many values contradict themselves
SELECT count(*) FROM mart.mesure_{n}
WHERE numerateur < 0 OR denominateur < 0
  OR (denominateur IS NOT NULL AND ic_bas IS NOT NULL AND (numerateur > denominateur OR ic_bas > valeur OR valeur > ic_haut))
  OR (statut = 'SO' AND valeur IS NOT NULL)
