-- what a reading of a publication is, in words
INSERT INTO mart.lecture (publication, indicateur, code, lecture, libelle, question, source, sens, unite, unite_de_compte, parametres, cible, attribution)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
