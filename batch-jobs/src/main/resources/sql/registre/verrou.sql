-- who writes from now on
INSERT INTO registre.verrou (commande, processus, machine, depuis) VALUES (?, ?, ?, now())
ON CONFLICT (unique_row) DO UPDATE
SET commande = excluded.commande, processus = excluded.processus, machine = excluded.machine, depuis = excluded.depuis
