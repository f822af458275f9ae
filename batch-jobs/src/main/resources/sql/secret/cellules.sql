-- one row per cell; a step of a funnel stands as a negative line
SELECT ligne, territoire, periode, poids
FROM (
  SELECT ligne, territoire, periode, poids, masque FROM mesure_ouverte
  UNION ALL
  SELECT -1 - etape, territoire, periode, effectif, masque FROM effectif_ouvert) cellule
WHERE {cellules}
