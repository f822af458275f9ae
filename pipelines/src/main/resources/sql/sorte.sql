-- one row per sort of count that some cell holds: a reading, a breakdown and a component
SELECT variante, ventilation, composante FROM cellule
UNION
SELECT variante, ventilation, explode(array('N', 'D', 'H:HORS_CHAMP')) FROM cellule_de_personnes
