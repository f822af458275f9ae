-- one row per reading of a publication, in words
SELECT libelle, question, source, unite_de_compte FROM mart.lecture WHERE publication = ? AND indicateur = ?
