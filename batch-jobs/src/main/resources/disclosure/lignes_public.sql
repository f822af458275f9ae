-- one row per row that the audience may ask for; what is masked takes all that derives from it along
INSERT INTO mart.mesure_public_{n} (ligne, territoire, periode, numerateur, denominateur, valeur, ic_bas, ic_haut, verdict, statut)
SELECT m.ligne, m.territoire, m.periode,
  CASE WHEN c.statut IS NULL THEN m.numerateur END, CASE WHEN c.statut IS NULL THEN m.denominateur END, CASE WHEN c.statut IS NULL THEN m.valeur END,
  CASE WHEN c.statut IS NULL THEN m.ic_bas END, CASE WHEN c.statut IS NULL THEN m.ic_haut END,
  CASE WHEN c.statut IS NULL THEN m.verdict ELSE 'SANS_OBJET' END, coalesce(c.statut, m.statut)
FROM cellule c
JOIN mart.mesure_{n} m ON m.ligne = c.ligne AND m.territoire = c.territoire AND m.periode = c.periode
