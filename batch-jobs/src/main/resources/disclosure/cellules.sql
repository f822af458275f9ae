-- one row per cell that the audience may ask for: its weight, and why it is masked by itself
CREATE TEMP TABLE cellule ON COMMIT DROP AS
WITH ouverte AS (
  SELECT ? AS territoires, ? AS periodes, ? AS ventilations, ? AS entonnoirs
),
lieu AS (
  SELECT territoire FROM mart.territoire_{n}, ouverte
  WHERE CASE WHEN territoire_type IN ('ENSEMBLE', 'REGION', 'DEPARTEMENT', 'CPTS', 'EPCI', 'COMMUNE', 'INCONNU') THEN territoire_type ELSE 'AUTRES' END
    = ANY (territoires)
),
temps AS (
  SELECT periode FROM mart.periode_{n}, ouverte
  WHERE CASE restitution.periode_type(code) WHEN 'Mois' THEN 'MOIS' WHEN 'Trimestre' THEN 'TRIMESTRE' WHEN 'Semestre' THEN 'SEMESTRE' WHEN 'Année' THEN 'ANNEE'
    ELSE 'GLISSANT' END = ANY (periodes)
),
lecture AS (
  SELECT l.ligne, d.unite_de_compte = 'professionnel' AS de_professionnels
  FROM mart.ligne_{n} l JOIN ouverte ON ventilations OR l.ventilation = ''
  LEFT JOIN mart.lecture d ON d.publication = {n} AND d.indicateur = l.indicateur
)
SELECT m.ligne, m.territoire, m.periode, coalesce(m.denominateur, m.numerateur, 0) AS poids,
  CASE
    WHEN coalesce(l.de_professionnels, false) AND coalesce(m.denominateur, m.numerateur) BETWEEN 1 AND {professionnels} - 1 THEN 'NS'
    WHEN coalesce(l.de_professionnels, false) THEN NULL
    WHEN m.numerateur BETWEEN 1 AND {patients} - 1 OR m.denominateur BETWEEN 1 AND {patients} - 1
      OR m.denominateur - m.numerateur BETWEEN 1 AND {patients} - 1 THEN 'S11'
  END AS statut,
  0 AS tour
FROM mart.mesure_{n} m JOIN lecture l USING (ligne) JOIN lieu USING (territoire) JOIN temps USING (periode)
UNION ALL
SELECT -1 - c.etape, c.territoire, c.periode, c.effectif, CASE WHEN c.effectif BETWEEN 1 AND {patients} - 1 THEN 'S11' END, 0
FROM mart.effectif_{n} c JOIN ouverte ON entonnoirs JOIN lieu USING (territoire) JOIN temps USING (periode)
