-- deletes the errors found across lines of what counts: one row per error, its delivery
DELETE FROM registre.rejet r USING registre.livraison l
WHERE r.livraison = l.id AND r.entre_lignes AND r.niveau = 'E' AND l.statut = 'CHARGE'
RETURNING r.livraison
