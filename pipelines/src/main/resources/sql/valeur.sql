-- the counts that values are made of, those of one reading, breakdown and territoire side by side
SELECT /*+ BROADCAST(s) */ s.ligne, c.territoire, c.est_une_commune, c.sorte, c.tranche, c.mois, c.periode, c.n
FROM (
  SELECT sorte, territoire, est_une_commune, tranche, mois, CAST(NULL AS INT) AS periode, n FROM compte_par_mois
  UNION ALL
  SELECT sorte, territoire, false, CAST(NULL AS BIGINT), CAST(NULL AS INT), periode, n FROM composante_de_personnes
) c
JOIN sorte s ON s.sorte = c.sorte
WHERE NOT startswith(s.composante, 'H:')
DISTRIBUTE BY s.ligne, c.territoire
SORT BY s.ligne, c.territoire
