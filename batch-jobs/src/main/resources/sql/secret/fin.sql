-- what one audience was computed with goes before the next one
DROP VIEW mesure_ouverte, effectif_ouvert;
DROP TABLE ligne_ouverte, lieu_ouvert, temps_ouvert, secondaire
