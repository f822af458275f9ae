-- a run begins; gives its number
INSERT INTO registre.execution (commande) VALUES (?) RETURNING numero
