-- for which territory a role of PostgreSQL answered before each account had a login
SELECT DISTINCT territoire_type, territoire_code FROM registre.habilitation WHERE role_sql = ?
