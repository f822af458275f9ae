-- one row: the number that the next publication takes; a number that was published is never given again
SELECT coalesce(max(numero), 0) + 1 FROM registre.publication
