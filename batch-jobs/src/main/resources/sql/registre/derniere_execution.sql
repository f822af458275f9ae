-- one row: the last run that ended well; NULL before the first
SELECT max(numero) FROM registre.execution WHERE resultat = 'TERMINEE'
