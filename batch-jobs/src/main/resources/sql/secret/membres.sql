-- one row per coordinate of a sort and equation in which it stands
SELECT DISTINCT {coordonnee}, groupe, rang FROM groupe_{coordonnee}
