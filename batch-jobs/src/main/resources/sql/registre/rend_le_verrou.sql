-- nobody writes any more; a session holds no other lock
DELETE FROM registre.verrou;
SELECT pg_advisory_unlock_all()
