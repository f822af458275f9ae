-- Names of sources that differ by their case only are one source: those received before are renamed. (The Java that reads the ledger does it too,
-- for the letters that a database with the collation C knows no upper case of.)
UPDATE registre.livraison SET source = upper(source) WHERE source <> upper(source);

INSERT INTO coffre.identite (pseudonyme, source, scelle)
SELECT pseudonyme, upper(source), scelle FROM coffre.identite WHERE source <> upper(source)
ON CONFLICT DO NOTHING;
DELETE FROM coffre.identite WHERE source <> upper(source);
