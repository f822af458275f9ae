-- what the publication in place was made from
INSERT INTO registre.calcul (recette, publication) VALUES (?, ?)
ON CONFLICT (seul) DO UPDATE SET recette = excluded.recette, publication = excluded.publication
