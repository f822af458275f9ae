-- Which key of pseudonyms the lake goes with, by its fingerprint: another key would give every person a second pseudonym (domaine.md 5.2).
CREATE TABLE registre.cle (
  unique_row boolean PRIMARY KEY DEFAULT true CHECK (unique_row),
  empreinte text NOT NULL
);
