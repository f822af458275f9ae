-- nobody writes any more
DELETE FROM registre.verrou;
SELECT pg_advisory_unlock(370596596037)
