-- a publication that can be read by its number
INSERT INTO registre.publication (numero, date_arret, empreinte, lignes, entourage) VALUES (?, ?, ?, ?, ?)
