-- deletes all that was found across lines of these deliveries
DELETE FROM registre.rejet WHERE entre_lignes AND livraison = ANY (?::text[])
