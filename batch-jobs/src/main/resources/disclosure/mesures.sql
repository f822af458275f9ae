-- one row per row that the audience may ask for; what is masked takes all that derives from it along
INSERT INTO mart.mesure_{audience}_{n} (ligne, territoire, periode, numerateur, denominateur, valeur, ic_bas, ic_haut, verdict, statut)
SELECT ligne, territoire, periode, CASE WHEN visible THEN numerateur END, CASE WHEN visible THEN denominateur END, CASE WHEN visible THEN valeur END,
  CASE WHEN visible THEN ic_bas END, CASE WHEN visible THEN ic_haut END, CASE WHEN visible THEN verdict ELSE 'SANS_OBJET' END, coalesce(masque, statut)
FROM (
  SELECT m.ligne, m.territoire, m.periode, m.numerateur, m.denominateur, m.valeur, m.ic_bas, m.ic_haut, m.verdict, m.statut,
    coalesce(m.masque, CASE WHEN s.ligne IS NOT NULL THEN 'SEC' END) AS masque, m.masque IS NULL AND s.ligne IS NULL AS visible
  FROM mesure_ouverte m LEFT JOIN secondaire s ON s.ligne = m.ligne AND s.territoire = m.territoire AND s.periode = m.periode) lue
