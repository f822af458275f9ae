-- An instance that lives for years has a hundred thousand deliveries: what each of them asks of the ledger finds its rows without reading the others.
CREATE INDEX livraison_refusee ON registre.livraison (fichier, flux, sha256) WHERE statut = 'REFUSE';
CREATE INDEX rejet_entre_lignes ON registre.rejet (livraison) WHERE entre_lignes;
