-- closes a source on a day, or on another one
INSERT INTO registre.source_close (source, close_le, rang) SELECT ?, ?, coalesce(max(rang), 0) FROM registre.livraison
ON CONFLICT (source) DO UPDATE SET close_le = excluded.close_le, rang = excluded.rang, dite_le = now()
