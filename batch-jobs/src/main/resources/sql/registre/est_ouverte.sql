-- one row: whether this database has been opened by Vigie
SELECT to_regclass('registre.flyway') IS NOT NULL
