-- one row per run, the last ones first
SELECT numero, commande, debut, fin, resultat FROM registre.execution ORDER BY numero DESC LIMIT 50
