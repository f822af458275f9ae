-- inserts one row per file and feed received
INSERT INTO registre.livraison (id, fichier, flux, source, sha256, rang, complet_jusqu_au, remplace, remplace_de, remplace_a, lues,
  rejetees_a_la_porte, rejetees, avertissements_a_la_porte, avertissements, statut, motif)
SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::date[], ?::boolean[], ?::date[], ?::date[], ?::bigint[],
  ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
