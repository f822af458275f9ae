-- the publication that says what was last computed, if it was made from this
SELECT publication FROM registre.calcul WHERE recette = ?
