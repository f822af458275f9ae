-- at most one row: a reading of a publication, in words
SELECT libelle, lecture, question, source, unite_de_compte, parametres, cible, attribution FROM mart.lecture WHERE publication = ? AND indicateur = ?
