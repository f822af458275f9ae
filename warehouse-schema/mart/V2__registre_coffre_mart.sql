-- The ledger: one row per file and feed. A refused file stays with its rejects and brings nothing.
CREATE TABLE registre.livraison (
  id text PRIMARY KEY,
  fichier text NOT NULL,
  flux text NOT NULL,
  source text NOT NULL,
  sha256 text NOT NULL,
  rang bigint NOT NULL,
  complet_jusqu_au date,
  remplace boolean NOT NULL DEFAULT false,
  remplace_de date,
  remplace_a date,
  lues bigint NOT NULL,
  rejetees_a_la_porte bigint NOT NULL,
  rejetees bigint NOT NULL,
  avertissements_a_la_porte bigint NOT NULL,
  avertissements bigint NOT NULL,
  statut text NOT NULL CHECK (statut IN ('CHARGE', 'REFUSE', 'RETIRE')),
  motif text,
  recu_le timestamptz NOT NULL DEFAULT now(),
  retire_le timestamptz,
  CHECK (rejetees <= lues)
);
COMMENT ON COLUMN registre.livraison.rang IS 'number of the load command that brought it';

CREATE TABLE registre.rejet (
  livraison text NOT NULL REFERENCES registre.livraison (id) ON DELETE CASCADE,
  ligne bigint NOT NULL,
  colonne text,
  niveau text NOT NULL CHECK (niveau IN ('E', 'A', 'I')),
  code text NOT NULL,
  message text NOT NULL,
  valeur text,
  entre_lignes boolean NOT NULL DEFAULT false
);
CREATE INDEX rejet_livraison ON registre.rejet (livraison);

CREATE SEQUENCE registre.rang;

CREATE TABLE registre.verrou (
  unique_row boolean PRIMARY KEY DEFAULT true CHECK (unique_row),
  commande text NOT NULL,
  processus bigint NOT NULL,
  machine text NOT NULL,
  depuis timestamptz NOT NULL
);
COMMENT ON TABLE registre.verrou IS 'who holds the run lock, for the sentence said to the second one; the lock itself is a session advisory lock';

CREATE TABLE registre.execution (
  numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  commande text NOT NULL,
  debut timestamptz NOT NULL DEFAULT now(),
  fin timestamptz,
  resultat text
);

CREATE TABLE registre.publication (
  numero int PRIMARY KEY,
  date_arret timestamptz NOT NULL,
  empreinte text NOT NULL,
  publiee_le timestamptz NOT NULL DEFAULT now(),
  lignes bigint NOT NULL
);
CREATE TABLE registre.publication_courante (
  unique_row boolean PRIMARY KEY DEFAULT true CHECK (unique_row),
  numero int NOT NULL REFERENCES registre.publication (numero)
);

-- The vault: what a pseudonym stands for, sealed; read only for erasure and for the worklist of the DAC that owns the file.
CREATE TABLE coffre.identite (
  pseudonyme text NOT NULL,
  source text NOT NULL,
  scelle text NOT NULL,
  PRIMARY KEY (pseudonyme, source)
);

-- Published rows name what they are published under by codes of their publication: millions of them stay small. The views spell them out.
CREATE TABLE mart.ligne (
  publication int NOT NULL,
  ligne int NOT NULL,
  indicateur text NOT NULL,
  version int NOT NULL,
  cible text,
  ventilation text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.territoire (
  publication int NOT NULL,
  territoire int NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  libelle text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.periode (
  publication int NOT NULL,
  periode int NOT NULL,
  code text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.etape (
  publication int NOT NULL,
  etape int NOT NULL,
  indicateur text NOT NULL,
  nom text NOT NULL,
  motif text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.mesure (
  publication int NOT NULL,
  ligne int NOT NULL,
  territoire int NOT NULL,
  periode int NOT NULL,
  numerateur bigint,
  denominateur bigint,
  valeur numeric,
  ic_bas numeric,
  ic_haut numeric,
  verdict text NOT NULL,
  statut text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.effectif (
  publication int NOT NULL,
  etape int NOT NULL,
  territoire int NOT NULL,
  periode int NOT NULL,
  effectif bigint NOT NULL
) PARTITION BY LIST (publication);

CREATE VIEW mart.valeur WITH (security_invoker = true) AS
SELECT
  m.publication, l.indicateur, l.version, t.territoire_type, t.territoire_code, t.libelle AS territoire_libelle, p.code AS periode,
  l.ventilation, m.numerateur, m.denominateur, m.valeur, m.ic_bas, m.ic_haut, l.cible, m.verdict, m.statut
FROM mart.mesure m
JOIN mart.ligne l ON l.publication = m.publication AND l.ligne = m.ligne
JOIN mart.territoire t ON t.publication = m.publication AND t.territoire = m.territoire
JOIN mart.periode p ON p.publication = m.publication AND p.periode = m.periode;

CREATE VIEW mart.entonnoir WITH (security_invoker = true) AS
SELECT
  c.publication, e.indicateur, t.territoire_type, t.territoire_code, p.code AS periode, e.nom AS etape, e.motif, c.effectif
FROM mart.effectif c
JOIN mart.etape e ON e.publication = c.publication AND e.etape = c.etape
JOIN mart.territoire t ON t.publication = c.publication AND t.territoire = c.territoire
JOIN mart.periode p ON p.publication = c.publication AND p.periode = c.periode;

CREATE TABLE mart.indicateur (
  publication int NOT NULL REFERENCES registre.publication (numero),
  code text NOT NULL,
  version int NOT NULL,
  libelle text NOT NULL,
  date_arret timestamptz,
  flux_manquants text NOT NULL,
  variantes text NOT NULL,
  unites text NOT NULL,
  PRIMARY KEY (publication, code)
);
COMMENT ON COLUMN mart.indicateur.unites IS 'POURCENT, EFFECTIF, HEURES or JOURS: of the official reading, then of each variant';
