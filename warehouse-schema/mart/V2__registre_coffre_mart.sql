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

CREATE TABLE mart.valeur (
  publication int NOT NULL,
  indicateur text NOT NULL,
  version int NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  territoire_libelle text NOT NULL,
  periode text NOT NULL,
  ventilation text NOT NULL,
  numerateur bigint,
  denominateur bigint,
  valeur numeric,
  ic_bas numeric,
  ic_haut numeric,
  cible text,
  verdict text NOT NULL,
  statut text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.entonnoir (
  publication int NOT NULL,
  indicateur text NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  periode text NOT NULL,
  etape text NOT NULL,
  motif text NOT NULL,
  effectif bigint NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.territoire (
  publication int NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  libelle text NOT NULL
) PARTITION BY LIST (publication);

CREATE TABLE mart.indicateur (
  publication int NOT NULL REFERENCES registre.publication (numero),
  code text NOT NULL,
  version int NOT NULL,
  libelle text NOT NULL,
  date_arret timestamptz,
  flux_manquants text NOT NULL,
  variantes text NOT NULL,
  PRIMARY KEY (publication, code)
);
