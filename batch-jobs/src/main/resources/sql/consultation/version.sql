-- at most one row: the version of a definition that counted a value
SELECT version FROM mart.valeur
WHERE publication = ? AND indicateur = ? AND territoire_type = ? AND territoire_code = ? AND periode = ? AND ventilation = ''
