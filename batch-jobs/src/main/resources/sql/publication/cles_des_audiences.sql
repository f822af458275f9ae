-- the keys of what each audience reads
CREATE UNIQUE INDEX ON mart.mesure_partenaire_{n} (ligne, territoire, periode);
CREATE UNIQUE INDEX ON mart.mesure_public_{n} (ligne, territoire, periode);
CREATE UNIQUE INDEX ON mart.effectif_partenaire_{n} (etape, territoire, periode)
