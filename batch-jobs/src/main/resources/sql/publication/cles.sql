-- dashboards ask for a territory by the name that they show: without its index the planner takes one for hundreds, and reads every value
CREATE UNIQUE INDEX ON mart.ligne_{n} (ligne);
CREATE UNIQUE INDEX ON mart.territoire_{n} (territoire);
CREATE UNIQUE INDEX ON mart.periode_{n} (periode);
CREATE UNIQUE INDEX ON mart.etape_{n} (etape);
CREATE UNIQUE INDEX ON mart.ligne_{n} (indicateur, version, ventilation);
CREATE UNIQUE INDEX ON mart.territoire_{n} (territoire_type, territoire_code);
CREATE INDEX ON mart.territoire_{n} (restitution.territoire(territoire_type, territoire_code, libelle));
CREATE UNIQUE INDEX ON mart.periode_{n} (code);
CREATE UNIQUE INDEX ON mart.mesure_{n} (ligne, territoire, periode);
CREATE UNIQUE INDEX ON mart.effectif_{n} (etape, territoire, periode)
