-- one row per reject, in the order of loading; a file is asked for by its name, the end of its path, or the archive that holds it
SELECT l.fichier, l.flux, r.ligne, r.colonne, r.niveau, r.code, r.message, r.valeur
FROM registre.rejet r JOIN registre.livraison l ON l.id = r.livraison
WHERE CAST(:file AS text) IS NULL OR l.fichier = :file OR right(l.fichier, length(:file) + 1) = '/' || CAST(:file AS text)
  OR strpos('/' || l.fichier, '/' || CAST(:file AS text) || '!/') > 0
ORDER BY l.rang, l.fichier COLLATE "C", l.flux, r.ligne, r.code COLLATE "C", r.colonne COLLATE "C"
