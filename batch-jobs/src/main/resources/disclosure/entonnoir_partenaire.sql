-- one row per step of a funnel; a masked one is empty
INSERT INTO mart.effectif_partenaire_{n} (etape, territoire, periode, effectif, statut)
SELECT -1 - c.ligne, c.territoire, c.periode, CASE WHEN c.statut IS NULL THEN c.poids END, coalesce(c.statut, 'PUBLIE')
FROM cellule c
WHERE c.ligne < 0
