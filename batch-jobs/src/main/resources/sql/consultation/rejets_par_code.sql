-- one row per code of reject, the most frequent first
SELECT r.code, r.niveau, min(r.message), count(*)
FROM registre.rejet r JOIN registre.livraison l ON l.id = r.livraison
WHERE l.statut = 'CHARGE'
GROUP BY r.code, r.niveau ORDER BY count(*) DESC, r.code COLLATE "C"
