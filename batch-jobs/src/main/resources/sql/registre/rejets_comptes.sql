-- counts again the lines rejected and the warnings of these deliveries
UPDATE registre.livraison l SET rejetees = compte.rejetees, avertissements = compte.avertissements
FROM (
  SELECT id, rejetees_a_la_porte + count(DISTINCT ligne) FILTER (WHERE niveau = 'E') AS rejetees,
    avertissements_a_la_porte + count(ligne) FILTER (WHERE niveau = 'A') AS avertissements
  FROM registre.livraison LEFT JOIN registre.rejet ON livraison = id AND entre_lignes
  WHERE id = ANY (?::text[]) AND statut = 'CHARGE'
  GROUP BY id) compte
WHERE compte.id = l.id AND (compte.rejetees, compte.avertissements) IS DISTINCT FROM (l.rejetees, l.avertissements)
