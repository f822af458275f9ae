-- whoever holds the lock is alone: what has not ended was cut
UPDATE registre.execution SET fin = now(), resultat = 'INTERROMPUE' WHERE fin IS NULL
