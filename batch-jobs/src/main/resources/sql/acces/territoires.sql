-- one row per territory of a type that an account may be for
SELECT territoire_code, libelle
FROM mart.territoire JOIN registre.publication_courante ON numero = publication
WHERE territoire_type = ? AND territoire_code <> 'HORS_CPTS' ORDER BY 1
