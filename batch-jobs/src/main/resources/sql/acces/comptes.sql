-- one row per account of a reader, by name
SELECT compte, login, role, territoire_type, territoire_code, jusqu_au FROM registre.compte ORDER BY lower(compte)
