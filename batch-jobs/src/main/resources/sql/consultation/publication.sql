-- one row: a publication by its number, or the current one when no number is given
SELECT p.numero, p.date_arret, p.empreinte, p.publiee_le, p.lignes
FROM registre.publication p
WHERE p.numero = coalesce(CAST(? AS integer), (SELECT numero FROM registre.publication_courante))
