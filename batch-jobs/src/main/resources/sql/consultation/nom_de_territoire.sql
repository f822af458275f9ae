-- the name of a territory, if the référentiel has one
SELECT libelle FROM mart.territoire WHERE publication = ? AND territoire_type = ? AND territoire_code = ?
