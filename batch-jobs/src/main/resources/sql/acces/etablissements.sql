-- one row per établissement that has sorties in the current publication: it is no territory, and is known by them alone
SELECT DISTINCT substr(ventilation, length('etablissement=') + 1), ''
FROM mart.ligne JOIN registre.publication_courante ON numero = publication
WHERE ventilation LIKE 'etablissement=%' AND ventilation NOT LIKE '%|%' ORDER BY 1
