-- an entry goes, and the refusal of the same file
DELETE FROM registre.livraison WHERE id = ? OR statut = 'REFUSE' AND fichier = ? AND flux = ? AND sha256 = ?
