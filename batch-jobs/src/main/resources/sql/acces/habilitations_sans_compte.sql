-- rights of logins that no account has any more
DELETE FROM registre.habilitation WHERE role_sql NOT IN (SELECT login FROM registre.compte)
