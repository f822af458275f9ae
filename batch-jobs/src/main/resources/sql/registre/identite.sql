-- a sealed identifier of the source goes to the vault, once
INSERT INTO coffre.identite (pseudonyme, source, scelle) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
