-- an account that is taken away
DELETE FROM registre.compte WHERE login = ?
