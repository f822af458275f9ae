-- What each audience reads, computed at publication (domaine.md 5.3): the unmasked rows stay in mart.mesure, a masked figure is not in the
-- table of its audience at all. Same codes as mart.mesure.
CREATE TABLE mart.mesure_partenaire (LIKE mart.mesure) PARTITION BY LIST (publication);
CREATE TABLE mart.mesure_public (LIKE mart.mesure) PARTITION BY LIST (publication);
CREATE TABLE mart.effectif_partenaire (
  publication int NOT NULL,
  etape int NOT NULL,
  territoire int NOT NULL,
  periode int NOT NULL,
  effectif bigint,
  statut text NOT NULL
) PARTITION BY LIST (publication);

CREATE VIEW mart.valeur_partenaire WITH (security_invoker = true) AS
SELECT
  m.publication, l.indicateur, l.version, t.territoire_type, t.territoire_code, t.libelle AS territoire_libelle, p.code AS periode,
  l.ventilation, m.numerateur, m.denominateur, m.valeur, m.ic_bas, m.ic_haut, l.cible, m.verdict, m.statut
FROM mart.mesure_partenaire m
JOIN mart.ligne l ON l.publication = m.publication AND l.ligne = m.ligne
JOIN mart.territoire t ON t.publication = m.publication AND t.territoire = m.territoire
JOIN mart.periode p ON p.publication = m.publication AND p.periode = m.periode;

CREATE VIEW mart.valeur_public WITH (security_invoker = true) AS
SELECT
  m.publication, l.indicateur, l.version, t.territoire_type, t.territoire_code, t.libelle AS territoire_libelle, p.code AS periode,
  l.ventilation, m.numerateur, m.denominateur, m.valeur, m.ic_bas, m.ic_haut, l.cible, m.verdict, m.statut
FROM mart.mesure_public m
JOIN mart.ligne l ON l.publication = m.publication AND l.ligne = m.ligne
JOIN mart.territoire t ON t.publication = m.publication AND t.territoire = m.territoire
JOIN mart.periode p ON p.publication = m.publication AND p.periode = m.periode;

-- Which territories a territory answers for: the CPTS that a département meets, the communes of a CPTS (domaine.md 4, 5.4).
CREATE TABLE mart.ressort (
  publication int NOT NULL,
  porteur int NOT NULL,
  membre int NOT NULL
) PARTITION BY LIST (publication);

-- What each reading is, in words, as its definition said when it was published.
CREATE TABLE mart.lecture (
  publication int NOT NULL,
  indicateur text NOT NULL,
  code text NOT NULL,
  lecture text NOT NULL,
  libelle text NOT NULL,
  question text NOT NULL,
  source text NOT NULL,
  sens text NOT NULL,
  unite text NOT NULL,
  unite_de_compte text NOT NULL,
  PRIMARY KEY (publication, indicateur)
);
COMMENT ON COLUMN mart.lecture.unite IS '%, j, h or empty for a count';

-- Who may read as which role: one row per PostgreSQL role and territory for which it answers; the type * is every territory.
CREATE TABLE registre.habilitation (
  role_sql text NOT NULL,
  territoire_type text NOT NULL,
  territoire_code text NOT NULL,
  indicateurs text NOT NULL DEFAULT '',
  PRIMARY KEY (role_sql, territoire_type, territoire_code, indicateurs)
);
COMMENT ON COLUMN registre.habilitation.indicateurs IS 'first letters of the codes that may be read; empty: all';
