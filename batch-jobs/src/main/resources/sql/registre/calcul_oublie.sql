-- what the lake holds is no longer what was last computed
DELETE FROM registre.calcul
