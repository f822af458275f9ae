-- at most one row: the command of the last run that has no end; while nobody holds the lock it was killed
SELECT commande FROM registre.execution WHERE fin IS NULL ORDER BY numero DESC LIMIT 1
