-- what was found across lines goes before it is told again; of what is withdrawn or refused it stays
DELETE FROM registre.rejet r
USING registre.livraison l
WHERE r.livraison = l.id AND r.entre_lignes AND (r.niveau = 'E' AND l.statut = 'CHARGE' OR l.id IN (:arrived))
