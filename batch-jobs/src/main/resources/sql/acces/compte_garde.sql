-- an account as it is from now on
INSERT INTO registre.compte (compte, login, role, territoire_type, territoire_code, jusqu_au) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (compte) DO UPDATE
SET role = excluded.role, territoire_type = excluded.territoire_type, territoire_code = excluded.territoire_code, jusqu_au = excluded.jusqu_au
