-- one row per row that the audience may ask for; what is masked takes all that derives from it along
INSERT INTO mart.mesure_{audience}_{n} (ligne, territoire, periode, numerateur, denominateur, valeur, ic_bas, ic_haut, verdict, statut)
SELECT ligne, territoire, periode, CASE WHEN masque IS NULL THEN numerateur END, CASE WHEN masque IS NULL THEN denominateur END,
  CASE WHEN masque IS NULL THEN valeur END, CASE WHEN masque IS NULL THEN ic_bas END, CASE WHEN masque IS NULL THEN ic_haut END,
  CASE WHEN masque IS NULL THEN verdict ELSE 'SANS_OBJET' END, coalesce(masque, statut)
FROM (
  SELECT m.ligne, m.territoire, m.periode, m.numerateur, m.denominateur, m.valeur, m.ic_bas, m.ic_haut, m.verdict, m.statut,
    coalesce(m.masque, CASE WHEN s.cellule IS NOT NULL THEN 'SEC' END) AS masque
  FROM mesure_ouverte m LEFT JOIN secondaire s ON s.cellule = (m.ligne::bigint * 1048576 + m.territoire) * 1048576 + m.periode
  -- A fence: the mask is worked out once per row, not once per column.
  OFFSET 0) lue
