-- one row per file of these ids that was received
SELECT id, fichier, flux, source, sha256, rang, complet_jusqu_au, remplace, remplace_de, remplace_a, lues, rejetees_a_la_porte, rejetees,
  avertissements_a_la_porte, avertissements, statut, motif
FROM registre.livraison
WHERE id = ANY (?::text[])
