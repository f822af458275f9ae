-- one row: how many migrations this database has had
SELECT count(*) FROM registre.flyway WHERE success AND type = 'SQL' AND version IS NOT NULL
