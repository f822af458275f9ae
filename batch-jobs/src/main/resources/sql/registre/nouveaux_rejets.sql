-- one row per reject, many a statement: one doubtful column of a large file gives one per line
INSERT INTO registre.rejet (livraison, ligne, colonne, niveau, code, message, valeur, entre_lignes)
SELECT r.livraison, r.ligne, nullif(r.colonne, ''), r.niveau, r.code, r.message, nullif(r.valeur, ''), ?
FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  AS r (livraison, ligne, colonne, niveau, code, message, valeur)
WHERE EXISTS (SELECT 1 FROM registre.livraison l WHERE l.id = r.livraison)
