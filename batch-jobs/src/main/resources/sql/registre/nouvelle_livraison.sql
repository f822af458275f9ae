-- a file was received, or is told otherwise
INSERT INTO registre.livraison (id, fichier, flux, source, sha256, rang, complet_jusqu_au, remplace, remplace_de, remplace_a, lues, rejetees_a_la_porte, rejetees,
  avertissements_a_la_porte, avertissements, statut, motif)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
