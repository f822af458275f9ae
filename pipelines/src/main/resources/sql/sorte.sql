-- one row per sort of count that some cell holds: a reading, a breakdown and a component, told by its rank for persons
SELECT variante, ventilation, composante, CAST(NULL AS INT) AS rang FROM cellule
UNION
SELECT variante, ventilation, CAST(NULL AS STRING), explode(zones.rang) FROM cellule_de_personnes
