-- the publication that is read when no number is given
INSERT INTO registre.publication_courante (numero) VALUES ({n})
ON CONFLICT (unique_row) DO UPDATE SET numero = excluded.numero
