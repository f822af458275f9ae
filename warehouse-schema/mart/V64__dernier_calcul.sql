-- What was last computed, and the publication that says it: asked for again, nothing is computed. One row at most, none once the lake has changed.
CREATE TABLE registre.calcul (
  seul boolean PRIMARY KEY DEFAULT true CHECK (seul),
  recette text NOT NULL,
  publication integer NOT NULL REFERENCES registre.publication ON DELETE CASCADE
);
