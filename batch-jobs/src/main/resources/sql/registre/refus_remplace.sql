-- deletes the refusals of the same files, under whatever id
DELETE FROM registre.livraison l USING unnest(?::text[], ?::text[], ?::text[]) AS recu (fichier, flux, sha256)
WHERE l.statut = 'REFUSE' AND (l.fichier, l.flux, l.sha256) = (recu.fichier, recu.flux, recu.sha256)
