-- one row per place, per period and per line that the audience may ask for, counted: or the planner takes millions of values for thousands
CREATE TEMP TABLE lieu_ouvert ON COMMIT DROP AS
SELECT territoire FROM mart.territoire_{n}
WHERE CASE WHEN territoire_type IN ('ENSEMBLE', 'REGION', 'DEPARTEMENT', 'CPTS', 'EPCI', 'COMMUNE', 'INCONNU') THEN territoire_type ELSE 'AUTRES' END
  = ANY ('{territoires}');

CREATE TEMP TABLE temps_ouvert ON COMMIT DROP AS
SELECT periode FROM mart.periode_{n}
WHERE CASE restitution.periode_type(code) WHEN 'Mois' THEN 'MOIS' WHEN 'Trimestre' THEN 'TRIMESTRE' WHEN 'Semestre' THEN 'SEMESTRE' WHEN 'Année' THEN 'ANNEE'
  ELSE 'GLISSANT' END = ANY ('{periodes}');

CREATE TEMP TABLE ligne_ouverte ON COMMIT DROP AS
SELECT l.ligne, coalesce(d.unite_de_compte = 'professionnel', false) AS de_professionnels
FROM mart.ligne_{n} l LEFT JOIN mart.lecture d ON d.publication = {n} AND d.indicateur = l.indicateur
WHERE {ventilations} OR l.ventilation = '';

ANALYZE lieu_ouvert, temps_ouvert, ligne_ouverte;

-- one row per value: its weight, and why it is masked by itself
CREATE TEMP VIEW mesure_ouverte AS
SELECT m.*, coalesce(m.denominateur, m.numerateur, 0) AS poids,
  CASE
    WHEN l.de_professionnels AND coalesce(m.denominateur, m.numerateur) BETWEEN 1 AND {professionnels} - 1 THEN 'NS'
    WHEN l.de_professionnels THEN NULL
    WHEN m.numerateur BETWEEN 1 AND {patients} - 1 OR m.denominateur BETWEEN 1 AND {patients} - 1
      OR m.denominateur - m.numerateur BETWEEN 1 AND {patients} - 1 THEN 'S11'
  END AS masque
FROM mart.mesure_{n} m JOIN ligne_ouverte l USING (ligne) JOIN lieu_ouvert USING (territoire) JOIN temps_ouvert USING (periode);

-- one row per step of a funnel
CREATE TEMP VIEW effectif_ouvert AS
SELECT c.*, CASE WHEN c.effectif BETWEEN 1 AND {patients} - 1 THEN 'S11' END AS masque
FROM mart.effectif_{n} c JOIN lieu_ouvert USING (territoire) JOIN temps_ouvert USING (periode)
WHERE {entonnoirs};

-- one row per cell that is masked so that others cannot be found: its three coordinates in one number, which the planner knows to be unique
CREATE TEMP TABLE secondaire (cellule bigint) ON COMMIT DROP
