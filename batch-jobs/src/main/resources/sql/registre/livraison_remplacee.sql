-- deletes one row per file received again
DELETE FROM registre.livraison WHERE id = ANY (?::text[])
