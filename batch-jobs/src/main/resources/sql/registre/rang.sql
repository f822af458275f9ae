-- one row: the number of a new load command
SELECT nextval('registre.rang')
