-- one row: who writes, or wrote last
SELECT commande, processus, machine, depuis FROM registre.verrou
