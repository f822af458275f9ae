-- the current publication, if it says the same for the same date d'arrêt
SELECT p.numero FROM registre.publication p JOIN registre.publication_courante c ON c.numero = p.numero
WHERE p.date_arret = ? AND p.empreinte = ? AND p.entourage = ?
