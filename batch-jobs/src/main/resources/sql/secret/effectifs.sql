-- one row per step of a funnel; a masked one is empty
INSERT INTO mart.effectif_{audience}_{n} (etape, territoire, periode, effectif, statut)
SELECT c.etape, c.territoire, c.periode, CASE WHEN c.masque IS NULL AND s.cellule IS NULL THEN c.effectif END,
  coalesce(c.masque, CASE WHEN s.cellule IS NOT NULL THEN 'SEC' END, 'PUBLIE')
FROM effectif_ouvert c LEFT JOIN secondaire s ON s.cellule = ((-1 - c.etape)::bigint * 1048576 + c.territoire) * 1048576 + c.periode
