-- a file received again tells that its source is complete until a later day
UPDATE registre.livraison SET complet_jusqu_au = greatest(complet_jusqu_au, ?) WHERE id = ? AND complet_jusqu_au IS NOT NULL
