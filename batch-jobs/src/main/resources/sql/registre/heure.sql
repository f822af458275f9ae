-- one row: the hour of the server
SELECT now()
