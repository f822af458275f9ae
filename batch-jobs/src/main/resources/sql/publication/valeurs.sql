-- one row: how many values there are
SELECT count(*) FROM mart.mesure_{n}
