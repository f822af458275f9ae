-- Each run replaces the few errors found across lines, and must find them among the warnings of years; those of one delivery have an index already.
CREATE INDEX rejet_erreur_entre_lignes ON registre.rejet (livraison) WHERE entre_lignes AND niveau = 'E';
DROP INDEX registre.rejet_entre_lignes;
