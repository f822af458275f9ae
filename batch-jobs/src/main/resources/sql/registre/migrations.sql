-- one row per migration that this database has had
SELECT version FROM registre.flyway WHERE success AND type = 'SQL' AND version IS NOT NULL
