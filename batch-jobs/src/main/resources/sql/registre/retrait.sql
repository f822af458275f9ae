-- a file no longer counts
UPDATE registre.livraison SET statut = 'RETIRE', retire_le = now() WHERE id = ?
