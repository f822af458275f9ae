-- a run ends
UPDATE registre.execution SET fin = now(), resultat = ? WHERE numero = ?
