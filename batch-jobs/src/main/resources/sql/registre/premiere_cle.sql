-- the key of the first load is that of the instance
INSERT INTO registre.cle (empreinte) VALUES (?) ON CONFLICT DO NOTHING
