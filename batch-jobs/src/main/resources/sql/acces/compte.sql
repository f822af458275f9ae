-- the account of that name, whatever its case
SELECT compte, login, role, territoire_type, territoire_code, jusqu_au FROM registre.compte WHERE lower(compte) = lower(?)
